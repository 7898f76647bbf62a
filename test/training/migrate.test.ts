import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { migrate } from '../../src/training/log/migrate.ts';
import { splitStatements } from '../../src/training/log/split-statements.ts';
import type { Store } from '../../src/training/log/store.ts';
import { temporaryStore } from './support/temporary-store.ts';
import type { TemporaryStore } from './support/temporary-store.ts';

let home: TemporaryStore;
let folder: string;

beforeAll(async () => {
  home = await temporaryStore();
  folder = await mkdtemp(join(tmpdir(), 'rvbbit-migrations-'));
});

afterAll(async () => {
  await home.dispose();
  await rm(folder, { recursive: true, force: true });
});

async function write(file: string, script: string): Promise<void> {
  await writeFile(join(folder, file), script);
}

/** A store whose migrations start from nothing and that believes it has rivals. */
function freshStore(): Store {
  const renamed = (sql: string): string =>
    sql.replaceAll('rvbbit.schema_migration', 'rvbbit.rival_migration');
  return {
    exclusive: false,
    query: (lane, sql, parameters) => home.store.query(lane, renamed(sql), parameters),
    command: (lane, sql) => home.store.command(lane, renamed(sql)),
    insert: (lane, table, rows, token) => home.store.insert(lane, renamed(table), rows, token),
    exportParquet: (lane, sql, parameters, file) => home.store.exportParquet(lane, sql, parameters, file),
    close: async () => undefined,
  };
}

test('statements end at semicolons that are no part of a string, a name or a comment', () => {
  expect(
    splitStatements(`-- a; b\nSELECT ';', ";", \`;\`, 'it''s; \\'' /* ; */;\n\nSELECT 2;\n-- the end;\n`),
  ).toEqual([`-- a; b\nSELECT ';', ";", \`;\`, 'it''s; \\'' /* ; */`, 'SELECT 2']);
});

test('two servers that migrate at once apply each migration once', async () => {
  await write(
    '0001_first.sql',
    'CREATE TABLE rvbbit.m1 (a Int32) ENGINE = MergeTree ORDER BY a; INSERT INTO rvbbit.m1 VALUES (1);',
  );
  await write('0002_second.sql', 'INSERT INTO rvbbit.m1 VALUES (2);');
  const applied = await Promise.all([migrate(freshStore(), folder), migrate(freshStore(), folder)]);
  expect(applied.flat().toSorted()).toEqual(['0001_first.sql', '0002_second.sql']);
  expect(await home.store.query('tables', 'SELECT a FROM rvbbit.m1 ORDER BY a')).toEqual([
    { a: 1 },
    { a: 2 },
  ]);
});

test('a migration that is added later is applied alone', async () => {
  await write('0003_third.sql', 'INSERT INTO rvbbit.m1 VALUES (3)');
  expect(await migrate(freshStore(), folder)).toEqual(['0003_third.sql']);
});

test('a migration that was changed after it had been applied stops the start', async () => {
  await write('0003_third.sql', 'INSERT INTO rvbbit.m1 VALUES (4)');
  await expect(migrate(freshStore(), folder)).rejects.toThrow(
    'the migration 0003_third.sql was changed after it had been applied',
  );
  await write('0003_third.sql', 'INSERT INTO rvbbit.m1 VALUES (3)');
});

test('a store of a newer version stops the start', async () => {
  await rm(join(folder, '0003_third.sql'));
  await expect(migrate(freshStore(), folder)).rejects.toThrow(
    'the log store has migration 0003_third.sql, which this version of rvbbit does not know',
  );
});

test('rows that were logged before the examples existed are examples once they do', async () => {
  const { store } = home;
  await store.command('log', 'DROP VIEW rvbbit.training_examples_mv');
  await store.command('log', 'TRUNCATE TABLE rvbbit.training_examples');
  const rows = [
    { trace_id: 'old-1', cascade_id: 'c', cell_name: 'd', output: 'true' },
    { trace_id: 'old-2', cascade_id: 'c', cell_name: 'd', error: 'failed' },
  ];
  await store.insert('log', 'rvbbit.unified_logs', rows, 'old');
  await store.command('log', `DELETE FROM rvbbit.schema_migrations WHERE version = 3`);
  expect(await migrate(store)).toEqual(['0003_training_examples.sql']);
  await store.insert(
    'log',
    'rvbbit.unified_logs',
    [{ trace_id: 'new-1', cascade_id: 'c', cell_name: 'd' }],
    'new',
  );
  expect(
    await store.query('tables', 'SELECT trace_id FROM rvbbit.training_examples_mv ORDER BY trace_id'),
  ).toEqual([{ trace_id: 'new-1' }, { trace_id: 'old-1' }]);
});
