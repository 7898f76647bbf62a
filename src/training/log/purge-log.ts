import type { Store } from './store.ts';

/** Rows that a purge removed, or would remove. */
export interface Purged {
  readonly calls: number;
  readonly statements: number;
}

const MARKED = 'SELECT trace_id FROM rvbbit.training_annotations FINAL';

/** Neither marked, nor the record of an answer that a person gave. */
const UNMARKED = `trace_id NOT IN (${MARKED}) AND NOT (source = 'human' AND parent_trace_id IN (${MARKED}))`;

/** Counts what `purgeLog` would remove. */
export async function countPurgeable(store: Store, before: Date): Promise<Purged> {
  const time = timeOf(before);
  const [row] = await store.query<Purged>(
    'tables',
    `SELECT
       (SELECT count() FROM rvbbit.unified_logs WHERE timestamp < ${time} AND ${UNMARKED}) AS calls,
       (SELECT count() FROM rvbbit.sql_statements WHERE started_at < ${time} AND statement_id NOT IN
          (SELECT statement_id FROM rvbbit.unified_logs WHERE NOT (timestamp < ${time} AND ${UNMARKED}))
       ) AS statements`,
  );
  if (row === undefined) throw new Error('a query of counts has one row');
  return Object.freeze({ calls: row.calls, statements: row.statements });
}

/**
 * Removes the calls before a time that nobody marked, what was extracted from them, and the statements that have no
 * call left. Cached embeddings of that age go too: those still wanted are made again. Gone when it resolves; a purge
 * that is cut short goes on where the next one begins.
 */
export async function purgeLog(store: Store, before: Date): Promise<Purged> {
  const purged = await countPurgeable(store, before);
  const time = timeOf(before);
  const old = `timestamp < ${time} AND ${UNMARKED}`;
  await remove(
    store,
    'rvbbit.training_examples',
    `timestamp < ${time} AND trace_id IN (SELECT trace_id FROM rvbbit.unified_logs WHERE ${old})`,
  );
  await remove(
    store,
    'rvbbit.training_annotation_history',
    `annotated_at < ${time} AND trace_id IN (SELECT trace_id FROM rvbbit.unified_logs WHERE ${old})`,
  );
  await store.command(
    'marks',
    `ALTER TABLE rvbbit.training_changes UPDATE inputs = '', output = '', correction = NULL
     WHERE inputs != '' AND trace_id IN (SELECT trace_id FROM rvbbit.unified_logs WHERE ${old})
     SETTINGS mutations_sync = 1`,
  );
  await remove(store, 'rvbbit.unified_logs', old);
  await remove(
    store,
    'rvbbit.sql_statements',
    `started_at < ${time} AND statement_id NOT IN (SELECT statement_id FROM rvbbit.unified_logs)`,
  );
  await remove(store, 'rvbbit.embeddings', `made < ${before.getTime() * 1000}`);
  return purged;
}

async function remove(store: Store, table: string, condition: string): Promise<void> {
  await store.command('marks', `DELETE FROM ${table} WHERE ${condition} SETTINGS mutations_sync = 1`);
}

function timeOf(date: Date): string {
  return `fromUnixTimestamp64Milli(${date.getTime()}, 'UTC')`;
}
