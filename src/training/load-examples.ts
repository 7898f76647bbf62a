import { MOST_EXAMPLES } from './cell-marks.ts';
import { quotedText } from './log/quoted-text.ts';
import type { Store } from './log/store.ts';
import { MARK_COLUMNS } from './marked-example.ts';
import type { MarkRow } from './marked-example.ts';
import type { CellIdentity } from './training.ts';

/** Trainable calls of another prompt or schema. */
const STALE = `
  SELECT count() AS stale FROM rvbbit.training_annotations FINAL
  WHERE cascade_id = {cascade:String} AND cell_name = {cell:String}
    AND fingerprint != {fingerprint:String} AND trainable`;

/**
 * The newest marks of the cell as it is now that teach or answer, newest call first: a range of the marks, which are
 * sorted by cell. Throws SqlError.
 */
export async function loadMarks(store: Store, cell: CellIdentity): Promise<readonly MarkRow[]> {
  const rows = await store.query<MarkRow>(
    'examples',
    `SELECT ${MARK_COLUMNS} FROM rvbbit.training_annotations FINAL
     WHERE ${ofCell(cell)} AND fingerprint = ${quotedText(cell.fingerprint)} AND (trainable OR verified)
     ORDER BY ingested DESC, trace_id LIMIT ${MOST_EXAMPLES}`,
  );
  return withCalls(store, cell, rows);
}

/** Trainable calls of another prompt or schema: they teach nothing until they are revalidated. */
export async function countStale(store: Store, cell: CellIdentity): Promise<number> {
  const [counted] = await store.query<{ stale: number }>('tables', STALE, {
    cascade: cell.cascadeId,
    cell: cell.cellName,
    fingerprint: cell.fingerprint,
  });
  return counted?.stale ?? 0;
}

/** Marks that do not hold what their call taught get it from the examples; where there is none, the call failed. */
async function withCalls(
  store: Store,
  cell: CellIdentity,
  rows: readonly MarkRow[],
): Promise<readonly MarkRow[]> {
  if (!rows.some(({ inputs, deleted }) => inputs === '' && deleted === 0)) return rows;
  const bare = `FROM rvbbit.training_annotations FINAL WHERE ${ofCell(cell)} AND inputs = ''`;
  const calls = await store.query<Pick<MarkRow, 'trace_id' | 'inputs' | 'output'>>(
    'examples',
    `SELECT trace_id, inputs, output FROM rvbbit.training_examples
     WHERE ${ofCell(cell)} AND ingested IN (SELECT ingested ${bare}) AND trace_id IN (SELECT trace_id ${bare})`,
  );
  const byTrace = new Map(calls.map((call) => [call.trace_id, call]));
  return rows.map((row) => ({ ...row, ...byTrace.get(row.trace_id) }));
}

function ofCell({ cascadeId, cellName }: CellIdentity): string {
  return `cascade_id = ${quotedText(cascadeId)} AND cell_name = ${quotedText(cellName)}`;
}
