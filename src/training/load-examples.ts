import type { Example } from './example.ts';
import type { Store } from './log/store.ts';
import type { CellIdentity } from './training.ts';

interface ExampleRow {
  readonly trace_id: string;
  readonly inputs: string;
  readonly output: string;
  readonly correction: string | null;
  readonly confidence: number;
  readonly verified: boolean;
  readonly ingested: number;
}

/** Of more eligible calls than this, the newest are taken: what a pool may hold in memory. */
export const MOST_EXAMPLES = 5_000;

/**
 * The calls of a cell whose newest annotation is trainable and whose prompt and schema are the cell's own, newest
 * first. The annotations are sorted by cell and the examples by order of arrival, so neither is read whole.
 */
const EXAMPLES = `
  WITH marked AS (
    SELECT trace_id, ingested, confidence, verified, correction
    FROM rvbbit.training_annotations FINAL
    WHERE cascade_id = {cascade:String} AND cell_name = {cell:String}
      AND fingerprint = {fingerprint:String} AND trainable
    ORDER BY ingested DESC, trace_id LIMIT ${MOST_EXAMPLES}
  )
  SELECT e.trace_id AS trace_id, e.inputs AS inputs, e.output AS output, m.correction AS correction,
         m.confidence AS confidence, m.verified AS verified, e.ingested AS ingested
  FROM
  (
    SELECT trace_id, inputs, output, ingested FROM rvbbit.training_examples
    WHERE cascade_id = {cascade:String} AND cell_name = {cell:String}
      AND ingested IN (SELECT ingested FROM marked) AND trace_id IN (SELECT trace_id FROM marked)
  ) AS e
  INNER JOIN marked AS m ON m.trace_id = e.trace_id
  ORDER BY ingested DESC, trace_id`;

export async function loadExamples(store: Store, cell: CellIdentity): Promise<readonly Example[]> {
  const { cascadeId, cellName, fingerprint } = cell;
  const parameters = { cascade: cascadeId, cell: cellName, fingerprint };
  const rows = await store.query<ExampleRow>('examples', EXAMPLES, parameters);
  return Object.freeze(rows.map(exampleOf));
}

function exampleOf(row: ExampleRow): Example {
  const inputs: unknown = JSON.parse(row.inputs);
  return Object.freeze({
    traceId: row.trace_id,
    inputs: Object.freeze({ ...(inputs as Record<string, unknown>) }),
    output: row.correction ?? row.output,
    confidence: row.confidence,
    verified: row.verified,
    ingested: row.ingested,
  });
}
