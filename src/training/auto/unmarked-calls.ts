import type { Store } from '../log/store.ts';
import type { CellIdentity } from '../training.ts';

/** A call that nobody has marked. */
export interface UnmarkedCall {
  readonly traceId: string;
  readonly inputs: Readonly<Record<string, unknown>>;
  readonly output: string;
}

/**
 * Calls of a cell as it is now that a rule may mark, the newest first, one a distinct inputs: none that has a mark,
 * none whose inputs a person has marked, none that was itself taught by what a rule marked.
 */
const UNMARKED = `
  SELECT argMax(trace_id, ingested) AS trace_id, inputs, argMax(output, ingested) AS output
  FROM rvbbit.unified_logs
  WHERE cascade_id = {cascade:String} AND cell_name = {cell:String} AND fingerprint = {fingerprint:String}
    AND error IS NULL AND source = 'model'
    AND NOT hasAny(example_ids, (SELECT groupArray(trace_id) FROM rvbbit.training_annotations FINAL
                                 WHERE source NOT IN ('human', '')))
    AND inputs NOT IN (SELECT inputs FROM rvbbit.training_examples
                       WHERE cascade_id = {cascade:String} AND cell_name = {cell:String}
                         AND trace_id IN (SELECT trace_id FROM rvbbit.training_annotations FINAL))
  GROUP BY inputs ORDER BY max(ingested) DESC LIMIT {most:UInt32}`;

export async function unmarkedCalls(
  store: Store,
  { cascadeId, cellName, fingerprint }: CellIdentity,
  most: number,
): Promise<readonly UnmarkedCall[]> {
  const rows = await store.query<{ trace_id: string; inputs: string; output: string }>('tables', UNMARKED, {
    cascade: cascadeId,
    cell: cellName,
    fingerprint,
    most,
  });
  return rows.map(({ trace_id, inputs, output }) => ({
    traceId: trace_id,
    inputs: JSON.parse(inputs) as Readonly<Record<string, unknown>>,
    output,
  }));
}
