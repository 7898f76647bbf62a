import type { Logger } from 'pino';
import type { Config } from '../config.ts';
import type { AutoAnnotated } from '../training/auto/annotate-automatically.ts';
import type { ExportRequest } from '../training/export-examples.ts';
import { commandScope } from './command-scope.ts';
import { type Core, openCore } from './open-core.ts';
import { annotateCalls, exportLines, importLines, revalidateCells } from './training-actions.ts';
import type { AnnotationRequest } from './training-actions.ts';

/** Each command opens what it needs and closes it, and gives the lines to print. */
async function withCore<T>(config: Config, logger: Logger, work: (core: Core) => Promise<T>): Promise<T> {
  const core = await openCore(config, logger);
  try {
    return await work(core);
  } finally {
    await core.close();
  }
}

export function revalidateTraining(
  cascadeId: string | undefined,
  config: Config,
  logger: Logger,
): Promise<readonly string[]> {
  return withCore(config, logger, async (core) => {
    const cells = await revalidateCells(core, cascadeId);
    if (cells.length === 0) return ['no mark is stale'];
    return cells.flatMap(({ cascadeId: id, cellName, restored, refused }) => [
      `${id}.${cellName}: ${restored} marks count again, ${refused.length} cannot`,
      ...refused.map((traceId) => `  ${traceId}: its output is none of the cell's`),
    ]);
  });
}

export function exportTraining(
  request: ExportRequest,
  config: Config,
  logger: Logger,
): Promise<readonly string[]> {
  return withCore(config, logger, (core) => exportLines(core, request));
}

export function importTraining(
  lines: readonly string[],
  config: Config,
  logger: Logger,
): Promise<readonly string[]> {
  return withCore(config, logger, async (core) => [`${await importLines(core, lines)} examples imported`]);
}

/** Marks unmarked calls of a cell by a judge, or by how far repeated answers agree. */
export function annotateTraining(
  request: AnnotationRequest,
  config: Config,
  logger: Logger,
): Promise<readonly string[]> {
  return withCore(config, logger, async (core) => {
    const done = await annotateCalls(core, request, commandScope(logger));
    return [`${done.marked} calls marked (${howOf(request, done)}), ${done.trainable} of them teach`];
  });
}

function howOf({ judge }: AnnotationRequest, { calibrated }: AutoAnnotated): string {
  if (calibrated) return 'calibrated on labels of people';
  return judge === undefined ? 'by agreement alone' : `by ${judge} alone`;
}

export function deleteTraces(
  traceIds: readonly string[],
  config: Config,
  logger: Logger,
): Promise<readonly string[]> {
  return withCore(config, logger, async ({ training }) => {
    await training.annotations.requireKnown(traceIds);
    await training.deleteCalls(traceIds);
    return [`${traceIds.length} calls deleted`];
  });
}
