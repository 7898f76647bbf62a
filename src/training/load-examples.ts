import type { Example } from './example.ts';
import type { Store } from './log/store.ts';
import type { CellIdentity } from './training.ts';

interface ExampleRow {
  readonly trace_id: string;
  readonly inputs: string;
  readonly output: string;
  readonly correction: string | null;
  readonly confidence: number;
  readonly trainable: boolean;
  readonly verified: boolean;
  readonly source: string;
  readonly ingested: number;
}

/** A marked call of a cell. */
export interface MarkedExample extends Example {
  readonly trainable: boolean;
  /** The declared inputs as logged, in canonical JSON. */
  readonly canonicalInputs: string;
}

/** Of more marked calls than this, the newest are taken: what a pool may hold in memory. */
export const MOST_EXAMPLES = 5_000;

/**
 * The calls of a cell whose newest annotation is trainable or verified and whose prompt and schema are the cell's own,
 * newest first. The annotations are sorted by cell and the examples by order of arrival, so neither is read whole. A
 * call that was deleted from the log is none.
 */
const EXAMPLES = `
  WITH marked AS (
    SELECT trace_id, ingested, confidence, trainable, verified, correction, source
    FROM rvbbit.training_annotations FINAL
    WHERE cascade_id = {cascade:String} AND cell_name = {cell:String}
      AND fingerprint = {fingerprint:String} AND (trainable OR verified)
    ORDER BY ingested DESC, trace_id LIMIT ${MOST_EXAMPLES}
  )
  SELECT e.trace_id AS trace_id, e.inputs AS inputs, e.output AS output, m.correction AS correction,
         m.confidence AS confidence, m.trainable AS trainable, m.verified AS verified, m.source AS source,
         e.ingested AS ingested
  FROM
  (
    SELECT trace_id, inputs, output, ingested FROM rvbbit.training_examples
    WHERE cascade_id = {cascade:String} AND cell_name = {cell:String}
      AND ingested IN (SELECT ingested FROM marked) AND trace_id IN (SELECT trace_id FROM marked)
  ) AS e
  INNER JOIN marked AS m ON m.trace_id = e.trace_id
  ORDER BY ingested DESC, trace_id`;

const STALE = `
  SELECT count() AS stale FROM rvbbit.training_annotations FINAL
  WHERE cascade_id = {cascade:String} AND cell_name = {cell:String}
    AND fingerprint != {fingerprint:String} AND trainable`;

export async function loadExamples(store: Store, cell: CellIdentity): Promise<readonly MarkedExample[]> {
  const rows = await store.query<ExampleRow>('examples', EXAMPLES, parametersOf(cell));
  return Object.freeze(rows.map(exampleOf));
}

/** Trainable calls of another prompt or schema: they teach nothing until they are revalidated. */
export async function countStale(store: Store, cell: CellIdentity): Promise<number> {
  const [counted] = await store.query<{ stale: number }>('tables', STALE, parametersOf(cell));
  return counted?.stale ?? 0;
}

function parametersOf({ cascadeId, cellName, fingerprint }: CellIdentity) {
  return { cascade: cascadeId, cell: cellName, fingerprint };
}

function exampleOf(row: ExampleRow): MarkedExample {
  const inputs: unknown = JSON.parse(row.inputs);
  return Object.freeze({
    traceId: row.trace_id,
    inputs: Object.freeze({ ...(inputs as Record<string, unknown>) }),
    canonicalInputs: row.inputs,
    output: row.correction ?? row.output,
    confidence: row.confidence,
    trainable: row.trainable,
    verified: row.verified,
    ingested: row.ingested,
    ...(row.correction !== null && row.correction !== row.output ? { corrected: true } : {}),
    ...(row.source === 'human' || row.source === '' ? {} : { automatic: true }),
  });
}
