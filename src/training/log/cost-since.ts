import { timestampText } from './log-row.ts';
import type { Store } from './store.ts';

/** US dollars that the log says were spent since a moment, by all callers. */
export async function costSince(store: Store, since: Date): Promise<number> {
  const [row] = await store.query<{ readonly cost: number | null }>(
    'log',
    `SELECT sum(cost_usd) AS cost FROM rvbbit.unified_logs
     WHERE timestamp >= parseDateTime64BestEffort({since:String}, 6, 'UTC')`,
    { since: timestampText(BigInt(since.getTime()) * 1000n) },
  );
  return row?.cost ?? 0;
}
