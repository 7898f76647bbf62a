import type { Store } from '../../../training/log/store.ts';
import type { Home } from '../schemas/overview.ts';

type Day = Home['days'][number];

/** Every day of the period, oldest first, those without calls included. */
export async function readDays(store: Store, days: number): Promise<Day[]> {
  const rows = await store.query<Day>(
    'studio',
    `SELECT toString(day) AS day, sum(calls) AS calls, sum(errors) AS errors, sum(cost) AS cost_usd,
            sum(tokens) AS tokens, sum(cached) AS cached
     FROM (
       SELECT toDate(timestamp) AS day, count() AS calls, countIf(error IS NOT NULL) AS errors,
              sum(ifNull(cost_usd, 0)) AS cost, sum(tokens_in + tokens_out) AS tokens, 0 AS cached
       FROM rvbbit.unified_logs WHERE timestamp >= today() - {back:UInt32} GROUP BY day
       UNION ALL
       SELECT toDate(started_at) AS day, 0, 0, 0, 0, sum(from_memory + from_log + from_proxy + from_human)
       FROM rvbbit.sql_statements WHERE started_at >= today() - {back:UInt32} GROUP BY day
       UNION ALL
       SELECT today() - number AS day, 0, 0, 0, 0, 0 FROM numbers({back:UInt32} + 1)
     ) GROUP BY day ORDER BY day`,
    { back: days - 1 },
  );
  return [...rows];
}

export async function readTopCascades(store: Store, days: number): Promise<Home['cascades']> {
  const rows = await store.query<Home['cascades'][number]>(
    'studio',
    `SELECT toString(cascade_id) AS cascade_id, count() AS calls, countIf(error IS NOT NULL) AS errors,
            sumOrNull(cost_usd) AS cost_usd, avg(duration_ms) AS mean_ms
     FROM rvbbit.unified_logs WHERE timestamp >= today() - {back:UInt32}
     GROUP BY cascade_id ORDER BY calls DESC, cascade_id LIMIT 8`,
    { back: days - 1 },
  );
  return [...rows];
}
