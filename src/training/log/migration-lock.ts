import { setTimeout as sleep } from 'node:timers/promises';
import { StartupError, messageOf } from '../../errors.ts';
import type { Store } from './store-contract.ts';

const STALE_AFTER_SECONDS = 300;
const ATTEMPTS = 240;
const PAUSE_MS = 250;

/**
 * Runs the work while no other server does. Creating a table is what ClickHouse does for one of two at once; the
 * table is the lock. One left behind by a server that died is taken over after five minutes.
 */
export async function withMigrationLock<T>(store: Store, work: () => Promise<T>): Promise<T> {
  if (store.exclusive) return work();
  await acquire(store);
  try {
    return await work();
  } finally {
    await store.command('marks', 'DROP TABLE IF EXISTS rvbbit.schema_migration_lock SYNC');
  }
}

async function acquire(store: Store): Promise<void> {
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    if (await tryCreate(store)) return;
    if (await isStale(store))
      await store.command('marks', 'DROP TABLE IF EXISTS rvbbit.schema_migration_lock SYNC');
    else await sleep(PAUSE_MS);
  }
  throw new StartupError(
    'another server has been migrating the log store for a minute',
    'Wait for it, or drop the table rvbbit.schema_migration_lock if no such server runs.',
  );
}

async function tryCreate(store: Store): Promise<boolean> {
  try {
    await store.command('marks', 'CREATE TABLE rvbbit.schema_migration_lock (one UInt8) ENGINE = Memory');
    return true;
  } catch (error) {
    if (/already exists|TABLE_ALREADY_EXISTS/i.test(messageOf(error))) return false;
    throw error;
  }
}

async function isStale(store: Store): Promise<boolean> {
  const rows = await store.query<{ age: number }>(
    'marks',
    `SELECT dateDiff('second', metadata_modification_time, now()) AS age FROM system.tables
     WHERE database = 'rvbbit' AND name = 'schema_migration_lock'`,
  );
  return (rows[0]?.age ?? 0) > STALE_AFTER_SECONDS;
}
