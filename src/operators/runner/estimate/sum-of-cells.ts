import type { Cell } from '../../cascade/cascade.ts';
import type { TokenCounter } from '../../models/token-counter.ts';
import type { CallsEstimate, CallsToMake } from './call-estimator.ts';

/** What the calls of one cell will take. */
export interface CellEstimate {
  readonly cell: Cell;
  /** `provider/model` */
  readonly model: string;
  readonly requests: number;
  readonly tokensIn: number;
  readonly tokensOut: number;
  readonly costUsd: number | null;
  readonly latencyMs: number;
  /** Calls of the log that replies and times were measured on; 0 where they are assumed. */
  readonly measured: number;
  readonly counter: TokenCounter;
}

export function sumOfCells(cells: readonly CellEstimate[], calls: CallsToMake): CallsEstimate {
  const requests = sum(cells, ({ requests }) => requests);
  return Object.freeze({
    requests,
    tokensIn: sum(cells, ({ tokensIn }) => tokensIn),
    tokensOut: sum(cells, ({ tokensOut }) => tokensOut),
    costUsd: cells.some(({ costUsd }) => costUsd === null) ? null : sum(cells, ({ costUsd }) => costUsd ?? 0),
    latencyMs: requests === 0 ? 0 : sum(cells, (cell) => cell.requests * cell.latencyMs) / requests,
    models: Object.freeze([...new Set(cells.map(({ model }) => model))]),
    assumptions: Object.freeze(cells.flatMap((cell) => assumptionsOf(cell, calls))),
  });
}

function assumptionsOf(cell: CellEstimate, { sample, count }: CallsToMake): readonly string[] {
  const { encoding, exact } = cell.counter;
  const tokenizer = exact ? encoding : `${encoding}, which ${cell.model} may not use`;
  const counted = `${cell.cell.name}: input tokens counted on ${sample.length} of ${count} prompts with ${tokenizer}`;
  const seconds = (cell.latencyMs / 1000).toFixed(2);
  const replies =
    cell.measured === 0
      ? `${cell.cell.name}: replies of usual length and ${seconds} s a request are assumed, for the log has too few calls`
      : `${cell.cell.name}: length of replies and ${seconds} s a request as in ${cell.measured} calls of the log`;
  const price = cell.costUsd === null ? [`${cell.cell.name}: no price is known for ${cell.model}`] : [];
  return [counted, replies, ...price];
}

function sum<T>(items: readonly T[], of: (item: T) => number): number {
  return items.reduce((total, item) => total + of(item), 0);
}
