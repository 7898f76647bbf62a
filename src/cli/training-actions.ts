import { cellIdentity } from '../operators/evaluation/cell-identity.ts';
import type { StatementScope } from '../operators/evaluation/statement-scope.ts';
import { CellArms } from '../operators/measuring/cell-arms.ts';
import { judgeCascade } from '../operators/measuring/judge-cascade.ts';
import { findCascade, findCell } from '../operators/measuring/measure-cell.ts';
import { NO_EXAMPLES, PromptRenderer } from '../operators/runner/render-prompt.ts';
import { agreement } from '../training/auto/agreement.ts';
import { annotateAutomatically } from '../training/auto/annotate-automatically.ts';
import type { AutoAnnotated } from '../training/auto/annotate-automatically.ts';
import type { OutputJudge } from '../training/auto/output-judge.ts';
import { exportExamples } from '../training/export-examples.ts';
import type { ExportRequest } from '../training/export-examples.ts';
import { importExamples } from '../training/import-examples.ts';
import type { Revalidated } from '../training/revalidate.ts';
import type { Inputs } from '../training/training.ts';
import type { Core } from './open-core.ts';

export interface RevalidatedCell extends Revalidated {
  readonly cascadeId: string;
  readonly cellName: string;
}

/** The cells of one cascade, or of all those that had stale marks. Throws SqlError. */
export async function revalidateCells(
  { training, registry }: Core,
  cascadeId: string | undefined,
): Promise<readonly RevalidatedCell[]> {
  const operators = registry.current();
  const cascades =
    cascadeId === undefined ? [...operators.cascades.values()] : [findCascade(operators, cascadeId)];
  const all: RevalidatedCell[] = [];
  for (const cascade of cascades) {
    for (const cell of cascade.cells) {
      const revalidated = await training.revalidate(cellIdentity(cascade, cell));
      const found = revalidated.restored + revalidated.refused.length > 0;
      if (found || cascadeId !== undefined)
        all.push({ cascadeId: cascade.cascadeId, cellName: cell.name, ...revalidated });
    }
  }
  return all;
}

/** A JSON object a line. Throws SqlError. */
export async function exportLines(
  { training, registry }: Core,
  request: ExportRequest,
): Promise<readonly string[]> {
  const prompts = new PromptRenderer();
  const { store, redaction } = training;
  const prompt = (cascadeId: string, cellName: string, input: Inputs) => {
    const { cell } = findCell(registry.current(), cascadeId, cellName);
    return prompts.messages(cell, { input, outputs: {} }, NO_EXAMPLES);
  };
  await training.log.flush();
  const lines: string[] = [];
  for await (const line of exportExamples({ store, redaction, prompt }, request)) lines.push(line);
  return lines;
}

/** Gives the number of examples. Throws SqlError. */
export function importLines({ training, registry }: Core, lines: readonly string[]): Promise<number> {
  const identityOf = (cascadeId: string, cellName: string) => {
    const { cascade, cell } = findCell(registry.current(), cascadeId, cellName);
    return cellIdentity(cascade, cell);
  };
  return importExamples({ training, identityOf }, lines);
}

export interface AnnotationRequest {
  readonly cascade: string;
  readonly cell?: string | undefined;
  /** Of a cascade that judges; left out, repeated answers of the cell are to agree. */
  readonly judge?: string | undefined;
  /** Times each call is asked again; 3 where left out. */
  readonly samples?: number | undefined;
  readonly limit: number;
  readonly minConfidence: number;
}

/** Marks unmarked calls of a cell by a judge, or by how far repeated answers agree. Throws SqlError. */
export async function annotateCalls(
  core: Core,
  request: AnnotationRequest,
  scope: StatementScope,
): Promise<AutoAnnotated> {
  const { cascade, cell } = findCell(core.registry.current(), request.cascade, request.cell);
  const { limit, minConfidence } = request;
  const judge = judgeOf(core, request, scope);
  return annotateAutomatically(core.training, {
    ...{ cell: cellIdentity(cascade, cell), limit, minConfidence, judge },
  });
}

function judgeOf(core: Core, request: AnnotationRequest, scope: StatementScope): OutputJudge {
  const { answers, training, registry } = core;
  const { cascade, cell } = findCell(registry.current(), request.cascade, request.cell);
  const { outputs } = cellIdentity(cascade, cell);
  const arms = new CellArms(answers, training, cascade, cell.name, scope);
  const ask = async (inputs: Inputs): Promise<string> => {
    const said = await arms.ask('a', inputs, []);
    return outputs?.canonical(said) ?? said;
  };
  if (request.judge === undefined) return agreement(request.samples ?? 3, ask);
  const judge = findCascade(registry.current(), request.judge);
  const run = async (inputs: Inputs): Promise<unknown> => {
    const maker = await answers.maker(judge, scope.settings);
    await maker.prepare([inputs]);
    return (await answers.compute(maker.call(inputs), scope, scope.signal)).value;
  };
  const { cascadeId } = cascade;
  return judgeCascade(
    judge,
    { cascadeId, cellName: cell.name, instructions: cell.instructions },
    { ask, run },
  );
}
