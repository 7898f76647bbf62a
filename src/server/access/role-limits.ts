/** Settings whose value for a role is the most that its sessions may have. 0 is no limit. */
const BOUNDS: ReadonlySet<string> = new Set([
  'statement_timeout',
  'idle_session_timeout',
  'idle_in_transaction_session_timeout',
  'rvbbit.max_rows',
  'rvbbit.max_calls',
  'rvbbit.max_tokens',
  'rvbbit.max_cost_usd',
  'rvbbit.max_pairs',
]);

/** What no session may change once its role says it. */
const FIXED: ReadonlySet<string> = new Set(['rvbbit.model']);

/** The value that counts: what the session set, but never above what its role allows. */
export function withinLimit(
  name: string,
  value: string,
  limit: string | undefined,
  amountOf: (name: string, value: string) => number,
): string {
  if (limit === undefined) return value;
  if (FIXED.has(name)) return limit;
  if (!BOUNDS.has(name)) return value;
  const most = amountOf(name, limit);
  const given = amountOf(name, value);
  return most > 0 && (given === 0 || given > most) ? limit : value;
}
