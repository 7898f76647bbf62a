import type { Store } from '../../../training/log/store.ts';

export interface CascadeCost {
  readonly cascade_id: string;
  readonly calls: number;
  readonly errors: number;
  readonly cost_usd: number | null;
  readonly mean_ms: number | null;
}

/** Of every call in the log, by cascade id. */
export async function readCascadeCosts(store: Store): Promise<ReadonlyMap<string, CascadeCost>> {
  const rows = await store.query<CascadeCost>(
    'studio',
    `SELECT toString(cascade_id) AS cascade_id, count() AS calls, countIf(error IS NOT NULL) AS errors,
            sumOrNull(cost_usd) AS cost_usd, avg(duration_ms) AS mean_ms
     FROM rvbbit.unified_logs GROUP BY cascade_id`,
  );
  return new Map(rows.map((row) => [row.cascade_id, row]));
}
