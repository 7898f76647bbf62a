import { createHash } from 'node:crypto';
import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { StartupError } from '../../errors.ts';
import { withMigrationLock } from './migration-lock.ts';
import { splitStatements } from './split-statements.ts';
import type { Store } from './store-contract.ts';

export interface Migration {
  readonly version: number;
  readonly name: string;
  /** SHA-256 of the file, hex. */
  readonly checksum: string;
  readonly script: string;
}

interface AppliedMigration {
  readonly version: number;
  readonly name: string;
  readonly checksum: string;
}

const FOLDER = fileURLToPath(new URL('../../../migrations/', import.meta.url));

const RECORD_TABLE = `CREATE TABLE IF NOT EXISTS rvbbit.schema_migrations
  (version UInt32, name String, checksum String, applied_at DateTime64(6, 'UTC') DEFAULT now64(6))
  ENGINE = MergeTree ORDER BY version`;

/** Applies what is missing, in order, and records it; gives the names applied. Throws StartupError. */
export async function migrate(store: Store, folder: string = FOLDER): Promise<readonly string[]> {
  const migrations = await readMigrations(folder);
  await store.command('marks', 'CREATE DATABASE IF NOT EXISTS rvbbit');
  await store.command('marks', RECORD_TABLE);
  if ((await missing(store, migrations)).length === 0) return [];
  return withMigrationLock(store, async () => {
    const names: string[] = [];
    for (const migration of await missing(store, migrations)) {
      await apply(store, migration);
      names.push(migration.name);
    }
    return names;
  });
}

export async function readMigrations(folder: string): Promise<readonly Migration[]> {
  const files = (await readdir(folder)).filter((file) => file.endsWith('.sql')).sort();
  const migrations = await Promise.all(files.map((file) => readMigration(folder, file)));
  const twice = migrations.find((one, at) => migrations[at - 1]?.version === one.version);
  if (twice !== undefined) throw new StartupError(`two migrations have the number of ${twice.name}`);
  return migrations;
}

async function readMigration(folder: string, file: string): Promise<Migration> {
  const number = /^(\d+)_[a-z0-9_]+\.sql$/.exec(file)?.[1];
  if (number === undefined) throw new StartupError(`the migration ${file} is not named like 0001_what.sql`);
  const script = await readFile(join(folder, file), 'utf8');
  const checksum = createHash('sha256').update(script).digest('hex');
  return Object.freeze({ version: Number(number), name: file, checksum, script });
}

async function missing(store: Store, migrations: readonly Migration[]): Promise<readonly Migration[]> {
  const applied = await store.query<AppliedMigration>(
    'marks',
    'SELECT version, name, checksum FROM rvbbit.schema_migrations ORDER BY version',
  );
  const byVersion = new Map(migrations.map((migration) => [migration.version, migration]));
  for (const one of applied) checkApplied(one, byVersion.get(one.version));
  const done = new Set(applied.map((one) => one.version));
  return migrations.filter((migration) => !done.has(migration.version));
}

function checkApplied(applied: AppliedMigration, known: Migration | undefined): void {
  if (known === undefined) {
    throw new StartupError(
      `the log store has migration ${applied.name}, which this version of rvbbit does not know`,
      'Start the newer rvbbit that wrote it, or use another data folder.',
    );
  }
  if (known.checksum === applied.checksum) return;
  throw new StartupError(
    `the migration ${known.name} was changed after it had been applied`,
    'Restore the file and put the change into a new migration.',
  );
}

async function apply(store: Store, migration: Migration): Promise<void> {
  for (const statement of splitStatements(migration.script)) await store.command('marks', statement);
  const { version, name, checksum } = migration;
  await store.insert('marks', 'rvbbit.schema_migrations', [{ version, name, checksum }], `migration-${name}`);
}
