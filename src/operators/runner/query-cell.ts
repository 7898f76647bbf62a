import { SqlError } from '../../errors.ts';
import { canonicalJson } from '../cascade/canonical-json.ts';
import type { CellQuery } from '../cascade/cascade.ts';
import { sqlNames } from '../cascade/sql-names.ts';
import type { CellDatabase, CellRow } from './cell-database.ts';
import type { CellRun } from './cell-run.ts';

/**
 * The answer of a cell that is a SELECT: its rows, a list of objects, where it answers with JSON; else the first column
 * of its first row, null where there is none. Throws SqlError.
 */
export async function queryCell(run: CellRun, query: CellQuery): Promise<unknown> {
  const values = sqlValues(sqlNames(query.sql), { ...run.values.input, ...run.values.outputs });
  const { maxRows } = query;
  const { timeoutMs, kind } = run.cell;
  const rows = await databaseOf(run).rows({ sql: query.sql, values, maxRows, timeoutMs }, run.signal);
  return kind === 'json' ? rows : typedValue(run, firstValue(rows));
}

function firstValue([row]: readonly CellRow[]): unknown {
  return row === undefined ? null : (Object.values(row)[0] ?? null);
}

/** Throws SqlError 42804 for a value that is none of the kind that the cell answers with. */
function typedValue({ cell, call }: CellRun, value: unknown): unknown {
  if (value === null) return null;
  if (cell.kind === 'boolean' && typeof value === 'boolean') return value;
  if (cell.kind === 'score' && typeof value === 'number') return value;
  const text = typeof value === 'string' ? value : canonicalJson(value);
  if (cell.kind === 'text' || (cell.kind === 'label' && cell.labels.includes(text))) return text;
  throw new SqlError(
    '42804',
    `cell ${cell.name} of ${call.cascade.cascadeId} selects ${text}, which is no ${cell.kind}`,
  );
}

/** Throws SqlError 0A000 where a cascade with SQL in it is run outside a statement. */
export function databaseOf({ scope, call, cell }: CellRun): CellDatabase {
  if (scope.database !== undefined) return scope.database;
  throw new SqlError(
    '0A000',
    `cell ${cell.name} of ${call.cascade.cascadeId} reads a database, and there is none`,
    {
      hint: `Run it in a statement: SELECT rvbbit_run('${call.cascade.cascadeId}', {…}).`,
    },
  );
}

/** Of the names that a SQL text reads; what is no text, number, truth value or list of texts is read as JSON. */
export function sqlValues(
  names: readonly string[],
  known: Readonly<Record<string, unknown>>,
): Readonly<Record<string, unknown>> {
  return Object.fromEntries(names.map((name) => [name, sqlValue(known[name] ?? null)]));
}

function sqlValue(value: unknown): unknown {
  if (value === null || typeof value !== 'object') return value;
  const texts = Array.isArray(value) && value.every((one) => typeof one === 'string');
  return texts ? value : canonicalJson(value);
}
