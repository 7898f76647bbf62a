import type { Store } from '../../../training/log/store.ts';

const MOST_FOUND = 20;

/** Trace ids, newest first, one a distinct inputs. `cascades` empty searches all. */
export async function findTracesOfValues(
  store: Store,
  values: readonly string[],
  cascades: readonly string[],
): Promise<readonly string[]> {
  const rows = await store.query<{ newest: string }>(
    'studio',
    `SELECT argMax(trace_id, ingested) AS newest FROM rvbbit.training_examples
     WHERE (empty({cascades:Array(String)}) OR cascade_id IN {cascades:Array(String)})
       AND arrayExists(pair -> pair.2 IN {values:Array(String)}, JSONExtractKeysAndValues(inputs, 'String'))
     GROUP BY cascade_id, cell_name, inputs ORDER BY max(ingested) DESC LIMIT ${MOST_FOUND}`,
    { values, cascades },
  );
  return rows.map((row) => row.newest);
}
