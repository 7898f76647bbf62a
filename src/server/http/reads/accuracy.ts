import type { Store } from '../../../training/log/store.ts';
import type { Accuracy } from '../schemas/overview.ts';

/** The tag of a call whose output a human refused. */
export const REJECTED = 'rejected';

/**
 * Of the calls that people judged, how many they found right, a day: marked trainable or verified and not
 * corrected is right; corrected or rejected is wrong; a note alone judges nothing.
 */
export async function readAccuracy(store: Store, days: number): Promise<Accuracy['points']> {
  const rows = await store.query<Accuracy['points'][number]>(
    'studio',
    `SELECT toString(toDate(l.timestamp)) AS day, toString(l.cascade_id) AS cascade_id,
            notEmpty(l.example_ids) AS taught, count() AS judged, countIf(NOT a.wrong) AS right,
            sumOrNull(l.cost_usd) AS cost_usd
     FROM rvbbit.unified_logs AS l
     INNER JOIN
     (
       SELECT trace_id, isNotNull(correction) OR has(tags, '${REJECTED}') AS wrong
       FROM rvbbit.training_annotations FINAL
       WHERE source = 'human' AND (trainable OR verified OR isNotNull(correction) OR has(tags, '${REJECTED}'))
     ) AS a ON a.trace_id = l.trace_id
     WHERE l.timestamp >= today() - {back:UInt32}
     GROUP BY day, cascade_id, taught ORDER BY day, cascade_id, taught`,
    { back: days - 1 },
  );
  return rows.map((row) => ({ ...row, taught: Boolean(row.taught) }));
}
