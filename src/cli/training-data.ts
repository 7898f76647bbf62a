import type { Logger } from 'pino';
import type { Config } from '../config.ts';
import { annotateAutomatically } from '../training/auto/annotate-automatically.ts';
import type { AutoAnnotation } from '../training/auto/annotate-automatically.ts';
import { CellArms } from '../operators/measuring/cell-arms.ts';
import { commandScope } from './command-scope.ts';
import { cellIdentity } from '../operators/evaluation/cell-identity.ts';
import { findCell } from '../operators/measuring/measure-cell.ts';
import { NO_EXAMPLES, PromptRenderer } from '../operators/runner/render-prompt.ts';
import { exportExamples } from '../training/export-examples.ts';
import type { ExportRequest } from '../training/export-examples.ts';
import { importExamples } from '../training/import-examples.ts';
import { type Core, openCore } from './open-core.ts';

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
  return withCore(config, logger, async ({ training, registry }) => {
    const operators = registry.current();
    const cascades =
      cascadeId === undefined
        ? [...operators.cascades.values()]
        : [findCell(operators, cascadeId, undefined).cascade];
    const lines: string[] = [];
    for (const cascade of cascades) {
      for (const cell of cascade.cells) {
        const { restored, refused } = await training.revalidate(cellIdentity(cascade, cell));
        const place = `${cascade.cascadeId}.${cell.name}`;
        lines.push(`${place}: ${restored} marks count again, ${refused.length} cannot`);
        lines.push(...refused.map((traceId) => `  ${traceId}: its output is none of the cell's`));
      }
    }
    return lines;
  });
}

export function exportTraining(
  request: ExportRequest,
  config: Config,
  logger: Logger,
): Promise<readonly string[]> {
  return withCore(config, logger, async ({ training, registry }) => {
    const prompts = new PromptRenderer();
    const { store, redaction } = training;
    const prompt = (cascadeId: string, cellName: string, input: Readonly<Record<string, unknown>>) =>
      prompts.messages(
        findCell(registry.current(), cascadeId, cellName).cell,
        { input, outputs: {} },
        NO_EXAMPLES,
      );
    const lines: string[] = [];
    for await (const line of exportExamples({ store, redaction, prompt }, request)) lines.push(line);
    return lines;
  });
}

export function importTraining(
  lines: readonly string[],
  config: Config,
  logger: Logger,
): Promise<readonly string[]> {
  return withCore(config, logger, async ({ training, registry }) => {
    const identityOf = (cascadeId: string, cellName: string) => {
      const { cascade, cell } = findCell(registry.current(), cascadeId, cellName);
      return cellIdentity(cascade, cell);
    };
    return [`${await importExamples({ training, identityOf }, lines)} examples imported`];
  });
}

/** Asks each unmarked call of a cell again, and marks it by how far the answers agree. */
export function annotateTraining(
  request: { readonly cascade: string; readonly cell?: string | undefined } & Omit<
    AutoAnnotation,
    'cell' | 'ask'
  >,
  config: Config,
  logger: Logger,
): Promise<readonly string[]> {
  return withCore(config, logger, async ({ answers, training, registry }) => {
    const { cascade, cell } = findCell(registry.current(), request.cascade, request.cell);
    const identity = cellIdentity(cascade, cell);
    const arms = new CellArms(answers, training, cascade, cell.name, commandScope(logger));
    const ask = async (inputs: Readonly<Record<string, unknown>>): Promise<string> => {
      const said = await arms.ask('a', inputs, []);
      return identity.outputs?.canonical(said) ?? said;
    };
    const { samples, limit, minConfidence } = request;
    const done = await annotateAutomatically(training, {
      ...{ cell: identity, samples, limit, minConfidence, ask },
    });
    const how = done.calibrated ? 'calibrated on labels of people' : 'by agreement alone';
    return [`${done.marked} calls marked (${how}), ${done.trainable} of them teach`];
  });
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
