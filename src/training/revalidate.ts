import type { Annotations } from './annotations.ts';
import type { Store } from './log/store.ts';
import type { CellIdentity } from './training.ts';

export interface Revalidated {
  /** Marks that teach again. */
  readonly restored: number;
  /** Trace ids of marks whose output the cell as it is now cannot give. */
  readonly refused: readonly string[];
}

interface StaleRow {
  readonly trace_id: string;
  readonly taught: string;
}

/** Marks of a cell's former prompts and schemas, with what they teach. */
const STALE = `
  SELECT e.trace_id AS trace_id, ifNull(a.correction, e.output) AS taught
  FROM rvbbit.training_examples AS e
  INNER JOIN
  (
    SELECT trace_id, ingested, correction FROM rvbbit.training_annotations FINAL
    WHERE cascade_id = {cascade:String} AND cell_name = {cell:String}
      AND fingerprint != {fingerprint:String} AND (trainable OR verified)
  ) AS a ON a.trace_id = e.trace_id
  WHERE e.cascade_id = {cascade:String} AND e.cell_name = {cell:String}`;

/** After an edit of prompt or schema: marks whose output is still one of the cell's count again. Throws SqlError. */
export async function revalidate(
  store: Store,
  annotations: Annotations,
  cell: CellIdentity,
): Promise<Revalidated> {
  const rows = await store.query<StaleRow>('tables', STALE, {
    cascade: cell.cascadeId,
    cell: cell.cellName,
    fingerprint: cell.fingerprint,
  });
  const isValid = ({ taught }: StaleRow): boolean =>
    cell.outputs === undefined || cell.outputs.canonical(taught) !== null;
  const restored = rows.filter(isValid).map((row) => row.trace_id);
  if (restored.length > 0) await annotations.restore(restored, cell.fingerprint);
  return {
    restored: restored.length,
    refused: rows.filter((row) => !isValid(row)).map((row) => row.trace_id),
  };
}
