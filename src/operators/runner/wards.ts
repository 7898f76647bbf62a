import { SqlError } from '../../errors.ts';
import { OUTPUT } from '../cascade/check-sql.ts';
import { sqlNames } from '../cascade/sql-names.ts';
import type { Ward } from '../cascade/cascade.ts';
import type { CellRun } from './cell-run.ts';
import { databaseOf, sqlValues } from './query-cell.ts';

/** What a ward has against an answer, and whether the model may answer again. */
export interface Objection {
  readonly problem: string;
  readonly again: boolean;
}

/** Before a cell is asked. Throws SqlError 23514 where a ward refuses its inputs; then nothing is paid. */
export async function checkInputs(run: CellRun): Promise<void> {
  for (const ward of run.cell.wards?.pre ?? []) {
    const problem = await problemOf(ward, run, run.values.input, {});
    if (problem === null) continue;
    if (ward.mode === 'blocking') throw refused(run, 'the inputs', problem);
    advise(run, problem);
  }
}

/** What the wards behind a cell have against its answer; null where they let it pass. */
export async function objectionTo(run: CellRun, answer: unknown): Promise<Objection | null> {
  for (const ward of run.cell.wards?.post ?? []) {
    const problem = await problemOf(ward, run, answer, { [OUTPUT]: answer });
    if (problem === null) continue;
    if (ward.mode !== 'advisory') return { problem, again: ward.mode === 'retry' };
    advise(run, problem);
  }
  return null;
}

/** SQLSTATE 23514: an answer, or its inputs, do not pass a check. */
export function refused(run: CellRun, what: string, problem: string): SqlError {
  return new SqlError(
    '23514',
    `cascade ${run.call.cascade.cascadeId}, cell ${run.cell.name}: ${what} did not pass a ward: ${problem}`,
    { hint: 'The ward is in the file of the cascade; "mode: advisory" makes a warning of it.' },
  );
}

async function problemOf(
  ward: Ward,
  run: CellRun,
  checked: unknown,
  more: Readonly<Record<string, unknown>>,
): Promise<string | null> {
  if (ward.schema !== null) {
    const problem = run.parts.schemas.problem(ward.schema, checked);
    return problem === null ? null : (ward.message ?? problem);
  }
  const sql = ward.sql ?? 'true';
  const values = sqlValues(sqlNames(sql), { ...run.values.input, ...run.values.outputs, ...more });
  const [row] = await databaseOf(run).rows(
    {
      sql: `SELECT coalesce((${sql}\n), false) AS passes`,
      values,
      maxRows: 1,
      timeoutMs: run.cell.timeoutMs,
    },
    run.signal,
  );
  return row?.passes === true ? null : (ward.message ?? `it does not hold that ${sql.trim()}`);
}

function advise(run: CellRun, problem: string): void {
  run.parts.advice.give(
    run.scope,
    `cascade ${run.call.cascade.cascadeId}, cell ${run.cell.name}: ${problem}`,
  );
}
