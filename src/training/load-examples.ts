import { MOST_EXAMPLES } from './cell-marks.ts';
import type { Store } from './log/store.ts';
import type { MarkRow } from './marked-example.ts';
import type { CellIdentity } from './training.ts';

const COLUMNS = `trace_id, fingerprint, ingested, inputs, output, correction, confidence,
  trainable, verified, source, version, deleted`;

const OF_CELL = 'cascade_id = {cascade:String} AND cell_name = {cell:String}';

/** Sorted by cell, so that a range is read and neither the marks of other cells nor the log. */
const NEWEST = `
  SELECT ${COLUMNS} FROM rvbbit.training_annotations FINAL
  WHERE ${OF_CELL} AND fingerprint = {fingerprint:String} AND (trainable OR verified)
  ORDER BY ingested DESC, trace_id LIMIT ${MOST_EXAMPLES}`;

const SINCE = `
  SELECT ${COLUMNS} FROM rvbbit.training_annotations
  WHERE ${OF_CELL} AND version > {since:UInt64} ORDER BY version`;

const COUNT_SINCE = `
  SELECT count() AS count FROM rvbbit.training_annotation_history WHERE ${OF_CELL} AND version > {since:UInt64}`;

const BARE = `FROM rvbbit.training_annotations FINAL WHERE ${OF_CELL} AND inputs = ''`;

const CALLS = `
  SELECT trace_id, inputs, output FROM rvbbit.training_examples
  WHERE ${OF_CELL} AND ingested IN (SELECT ingested ${BARE}) AND trace_id IN (SELECT trace_id ${BARE})`;

const STALE = `
  SELECT count() AS stale FROM rvbbit.training_annotations FINAL
  WHERE ${OF_CELL} AND fingerprint != {fingerprint:String} AND trainable`;

/** The newest marks of the cell as it is now that teach or answer, newest call first. Throws SqlError. */
export async function loadMarks(store: Store, cell: CellIdentity): Promise<readonly MarkRow[]> {
  return withCalls(store, cell, await store.query<MarkRow>('examples', NEWEST, parametersOf(cell)));
}

/**
 * Marks of the cell that are newer than a version, removals and other fingerprints among them, oldest first; `count`
 * is how many the history has. Throws SqlError.
 */
export async function loadMarksSince(
  store: Store,
  cell: CellIdentity,
  since: number,
): Promise<{ readonly rows: readonly MarkRow[]; readonly count: number }> {
  const parameters = { ...parametersOf(cell), since };
  const [rows, counted] = await Promise.all([
    store.query<MarkRow>('examples', SINCE, parameters),
    store.query<{ count: number }>('examples', COUNT_SINCE, parameters),
  ]);
  return { rows: await withCalls(store, cell, rows), count: counted[0]?.count ?? 0 };
}

/** Trainable calls of another prompt or schema: they teach nothing until they are revalidated. */
export async function countStale(store: Store, cell: CellIdentity): Promise<number> {
  const [counted] = await store.query<{ stale: number }>('tables', STALE, parametersOf(cell));
  return counted?.stale ?? 0;
}

/** Marks that do not hold what their call taught get it from the examples; where there is none, the call failed. */
async function withCalls(
  store: Store,
  cell: CellIdentity,
  rows: readonly MarkRow[],
): Promise<readonly MarkRow[]> {
  if (!rows.some(({ inputs, deleted }) => inputs === '' && deleted === 0)) return rows;
  const calls = await store.query<Pick<MarkRow, 'trace_id' | 'inputs' | 'output'>>(
    'examples',
    CALLS,
    parametersOf(cell),
  );
  const byTrace = new Map(calls.map((call) => [call.trace_id, call]));
  return rows.map((row) => ({ ...row, ...byTrace.get(row.trace_id) }));
}

function parametersOf({ cascadeId, cellName, fingerprint }: CellIdentity) {
  return { cascade: cascadeId, cell: cellName, fingerprint };
}
