import { canonicalJson } from '../cascade/canonical-json.ts';
import type { CallRecord } from '../../training/log/call-record.ts';
import { calledCell } from './called-cell.ts';
import type { CellRun } from './cell-run.ts';
import { queryCell } from './query-cell.ts';
import { takeCell } from './take-cell.ts';
import { checkInputs, objectionTo, refused } from './wards.ts';

/** What a cell came to. */
export interface CellOutcome {
  readonly value: unknown;
  /** Of the call that gave it, not logged yet; null where no model was asked by the cell itself. */
  readonly record: CallRecord | null;
  /** Of the call that gave it, or of the one before. */
  readonly traceId: string | null;
}

/** One cell, between its wards: a model, a SELECT or another cascade. Throws SqlError. */
export async function runCell(run: CellRun): Promise<CellOutcome> {
  await checkInputs(run);
  const { query, calls } = run.cell;
  if (query === undefined && calls === undefined) {
    const { value, record } = await takeCell(run);
    return { value, record, traceId: record.traceId };
  }
  const outcome =
    calls === undefined
      ? { value: query === undefined ? null : await queryCell(run, query), traceId: run.parentTraceId }
      : await calledCell(run, calls);
  const objection = await objectionTo(run, outcome.value);
  if (objection !== null) throw refused(run, `the answer ${canonicalJson(outcome.value)}`, objection.problem);
  return { value: outcome.value, record: null, traceId: outcome.traceId };
}
