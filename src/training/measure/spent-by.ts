import type { Store } from '../log/store.ts';
import type { Spent } from './compare-arms.ts';

/** What the calls of one statement have cost, those that failed too. */
export async function spentBy(store: Store, statementId: string): Promise<Spent> {
  const [row] = await store.query<{ cost: number; tokens: number }>(
    'tables',
    `SELECT sum(ifNull(cost_usd, 0)) AS cost, sum(tokens_in + tokens_out) AS tokens
     FROM rvbbit.unified_logs WHERE statement_id = {statement:String}`,
    { statement: statementId },
  );
  return { costUsd: row?.cost ?? 0, tokens: row?.tokens ?? 0 };
}
