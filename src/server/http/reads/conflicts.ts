import type { Store } from '../../../training/log/store.ts';
import type { Conflict } from '../schemas/annotations.ts';

/** What an example teaches: the correction where there is one. */
const TAUGHT = 'ifNull(correction, output)';

/** Examples that teach, with what they teach; the mark repeats the order of arrival, so the log is not read whole. */
const TEACHING = `
  SELECT e.trace_id AS trace_id, e.timestamp AS timestamp, e.cascade_id AS cascade_id, e.cell_name AS cell_name,
         e.fingerprint AS fingerprint, e.inputs AS inputs, e.output AS output, a.correction AS correction,
         a.confidence AS confidence, a.verified AS verified, a.source AS source, a.annotated_at AS annotated_at
  FROM rvbbit.training_examples AS e
  INNER JOIN (SELECT * FROM rvbbit.training_annotations FINAL WHERE trainable) AS a ON a.trace_id = e.trace_id
  WHERE e.ingested IN (SELECT ingested FROM rvbbit.training_annotations FINAL WHERE trainable)`;

const GROUPS = `
  FROM (${TEACHING}) GROUP BY cascade_id, cell_name, fingerprint, inputs HAVING uniqExact(${TAUGHT}) > 1`;

/** Traces of examples that have the inputs of another one and teach something else. */
export const CONFLICTING = `SELECT arrayJoin(groupArray(trace_id)) ${GROUPS}`;

interface ConflictRow {
  readonly cascade_id: string;
  readonly cell_name: string;
  readonly inputs: string;
  readonly total: number;
  readonly traces: readonly (readonly [string, string, string, string, number, boolean, string, string])[];
}

/** Most recent first. */
export async function readConflicts(
  store: Store,
  page: { readonly limit: number; readonly offset: number },
): Promise<{ readonly conflicts: Conflict[]; readonly total: number }> {
  const rows = await store.query<ConflictRow>(
    'studio',
    `SELECT cascade_id, cell_name, inputs, count() OVER () AS total,
            groupArray((trace_id, toString(timestamp), output, ${TAUGHT}, confidence, verified, toString(source),
                        toString(annotated_at))) AS traces
     ${GROUPS} ORDER BY max(annotated_at) DESC, inputs LIMIT ${page.limit} OFFSET ${page.offset}`,
  );
  return { conflicts: rows.map(conflictOf), total: rows[0]?.total ?? 0 };
}

export async function countConflicts(store: Store): Promise<number> {
  const rows = await store.query<{ total: number }>(
    'studio',
    `SELECT count() AS total FROM (SELECT inputs ${GROUPS})`,
  );
  return rows[0]?.total ?? 0;
}

function conflictOf({ cascade_id, cell_name, inputs, traces }: ConflictRow): Conflict {
  const sides = new Map<string, Conflict['sides'][number]['traces']>();
  for (const [
    trace_id,
    timestamp,
    logged_output,
    taught,
    confidence,
    verified,
    source,
    annotated_at,
  ] of traces) {
    const side = sides.get(taught) ?? [];
    side.push({ trace_id, timestamp, inputs, logged_output, confidence, verified, source, annotated_at });
    sides.set(taught, side);
  }
  return {
    cascade_id,
    cell_name,
    kind: 'same_inputs',
    similarity: 1,
    inputs,
    sides: [...sides].map(([output, side]) => ({ output, traces: side })),
  };
}
