import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { scramVerifier, verifierText } from '../../src/server/wire/auth/scram-verifier.ts';
import { type Server, Servers } from '../acceptance/server-fixture.ts';

// Each test starts whole servers and processes of clients.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 180_000 });

const servers = new Servers();
const clients: Client[] = [];
let server: Server;
let files: string;
let admin: Client;
let user: Client;

beforeAll(async () => {
  files = await mkdtemp(join(tmpdir(), 'rvbbit-files-'));
  await writeFile(join(files, 'secret.csv'), 'word\nxyzzy\n');
  await writeFile(join(files, 'secret.json'), '[{"word": "xyzzy"}]');
  const folder = await mkdtemp(join(tmpdir(), 'rvbbit-touch-'));
  const password = verifierText(scramVerifier('x'));
  await writeFile(
    join(folder, 'access.yaml'),
    `roles:
  boss: { password: "${password}", superuser: true }
  user: { password: "${password}" }
  reader: { password: "${password}", read_only: true }
  loader: { password: "${password}", member_of: [pg_read_server_files] }
  bounded:
    password: "${password}"
    settings: { statement_timeout: 2s, rvbbit.max_rows: 100, rvbbit.max_cost_usd: 0.5, rvbbit.model: local }
`,
  );
  server = await servers.open({}, folder);
  admin = await enter('boss');
  await admin.query(`COPY (SELECT 'xyzzy' AS word) TO '${files}/secret.parquet'`);
  for (const sql of [
    `ATTACH '${files}/secret.duckdb' AS other`,
    "CREATE TABLE other.words AS SELECT 'xyzzy' AS word",
    'DETACH other',
  ]) {
    await admin.query(sql);
  }
  await admin.query("CREATE TABLE notes AS SELECT 'bamboo' AS note");
  await admin.query(`CREATE VIEW shared AS SELECT * FROM notes`);
  user = await enter('user');
});
afterAll(async () => {
  for (const client of clients) await client.end();
  await servers.close();
  await rm(files, { recursive: true, force: true });
});

async function enter(name: string): Promise<Client> {
  const client = new Client({
    host: '127.0.0.1',
    port: server.running.sqlPort,
    user: name,
    password: 'x',
    database: 'default',
  });
  client.on('error', () => undefined);
  await client.connect();
  clients.push(client);
  return client;
}

/** SQLSTATE of a statement's failure, or its rows. */
async function outcome(client: Client, sql: string, values?: unknown[]): Promise<unknown> {
  try {
    const result: unknown = await client.query(sql, values);
    return Array.isArray(result)
      ? (result.at(-1) as { rows: unknown }).rows
      : (result as { rows: unknown }).rows;
  } catch (error) {
    const { code, message } = error as { code: string; message: string };
    expect(message).not.toContain('xyzzy');
    return code;
  }
}

const f = (name: string): string => `${files}/${name}`;

describe('a role that is no superuser', () => {
  const attempts = (): readonly string[] => [
    `SELECT * FROM read_csv('${f('secret.csv')}')`,
    `SELECT * FROM "read_csv"('${f('secret.csv')}')`,
    `SELECT * FROM READ_CSV /* a comment */ ('${f('secret.csv')}')`,
    `SELECT * FROM read_csv -- a comment\n('${f('secret.csv')}')`,
    `SELECT * FROM system.main.read_csv_auto('${f('secret.csv')}')`,
    `SELECT * FROM "system"."main"."read_text"('${f('secret.csv')}')`,
    `SELECT * FROM '${f('secret.csv')}'`,
    `SELECT * FROM "${f('secret.csv')}"`,
    `SELECT * FROM notes, '${f('secret.csv')}'`,
    `SELECT * FROM notes JOIN '${f('secret.parquet')}' ON true`,
    `FROM '${f('secret.csv')}'`,
    `FROM '${f('secret.json')}'`,
    `FROM '${f('secret.parquet')}'`,
    `FROM '${f('secret.duckdb')}'`,
    `FROM 'https://127.0.0.1:1/secret.csv'`,
    `FROM 's3://bucket/secret.parquet'`,
    `SUMMARIZE '${f('secret.csv')}'`,
    `SELECT (SELECT word FROM '${f('secret.csv')}')`,
    `WITH w AS (FROM '${f('secret.csv')}') SELECT * FROM w`,
    `PIVOT '${f('secret.csv')}' ON word USING count(*)`,
    `TABLE "${f('secret.csv')}"`,
    `SELECT * FROM read_text('${f('*')}')`,
    `SELECT * FROM read_blob('${f('*')}')`,
    `SELECT * FROM glob('${f('*')}')`,
    `SELECT * FROM sniff_csv('${f('secret.csv')}')`,
    `SELECT * FROM parquet_metadata('${f('secret.parquet')}')`,
    `SELECT * FROM query('FROM read_text(''${f('secret.csv')}'')')`,
    `SELECT * FROM query_table('${f('secret.csv')}')`,
    `SELECT * FROM json_execute_serialized_sql(json_serialize_sql('FROM read_text(''${f('secret.csv')}'')'))`,
    `SELECT json_serialize_plan('FROM ''${f('secret.csv')}''')`,
    `INSERT INTO notes SELECT word FROM '${f('secret.csv')}'`,
    `INSERT INTO notes FROM '${f('secret.csv')}'`,
    `CREATE TABLE stolen AS FROM '${f('secret.csv')}'`,
    `UPDATE notes SET note = word FROM '${f('secret.csv')}'`,
    `DELETE FROM notes USING '${f('secret.csv')}' WHERE true`,
    `MERGE INTO notes USING '${f('secret.csv')}' AS s ON note = s.word WHEN NOT MATCHED THEN INSERT VALUES (s.word)`,
    `COPY notes FROM '${f('secret.csv')}'`,
    `COPY notes TO '${f('written.csv')}'`,
    `COPY (SELECT * FROM notes) TO '${f('written.parquet')}' (FORMAT parquet)`,
    `COPY "${f('secret.csv')}" TO STDOUT`,
    `EXPORT DATABASE '${f('exported')}'`,
    `IMPORT DATABASE '${f('exported')}'`,
    `ATTACH '${f('secret.duckdb')}' AS other`,
    `ATTACH ':memory:' AS other`,
    `INSTALL httpfs`,
    `LOAD httpfs`,
    `FORCE INSTALL spatial`,
    `CREATE SECRET mine (TYPE s3, KEY_ID 'a', SECRET 'b')`,
    `CREATE OR REPLACE TEMPORARY SECRET mine (TYPE s3)`,
    `DROP SECRET mine`,
    `SELECT * FROM duckdb_secrets()`,
    `SELECT * FROM duckdb_settings()`,
    `SELECT * FROM duckdb_logs`,
    `SELECT * FROM which_secret('s3://x', 's3')`,
    `SELECT getenv('HOME')`,
    `SELECT system.main.current_setting('temp_directory')`,
    `SHOW memory_limit`,
    `SET memory_limit = '1GB'`,
    `SET GLOBAL threads = 1`,
    `RESET threads`,
    `PRAGMA threads = 1`,
    `PRAGMA database_list`,
    `CALL pragma_version()`,
    `CALL duckdb_secrets()`,
    `CHECKPOINT`,
    `FORCE CHECKPOINT`,
    `SELECT * FROM force_checkpoint()`,
    `SET VARIABLE rvbbit_backend_pid = 1`,
    `SET VARIABLE "rvbbit_backend_pid" = 1`,
    `SELECT __rvbbit_set_config(1, 'search_path', 'x', false)`,
    `CREATE MACRO mine(path) AS TABLE SELECT * FROM read_text(path)`,
    `CREATE VIEW mine AS SELECT * FROM read_text('${f('secret.csv')}')`,
    `CREATE OR REPLACE TEMP MACRO read_csv_auto(path) AS TABLE SELECT 1`,
    `DROP MACRO TABLE temp.main.read_csv_auto`,
    `DROP MACRO TABLE "read_csv_auto"`,
    `CREATE MACRO getvariable(name) AS 1`,
    `CREATE CASCADE AS $$cascade_id: mine$$`,
    `SELECT rvbbit_create_cascade('cascade_id: mine')`,
    `PREPARE p AS SELECT * FROM read_text('${f('secret.csv')}')`,
    `PREPARE q AS SELECT $1::text; EXECUTE q((SELECT word FROM '${f('secret.csv')}'))`,
    `EXPLAIN ANALYZE SELECT * FROM read_text('${f('secret.csv')}')`,
    `EXPLAIN (SEMANTIC) SELECT word MEANS 'a word' FROM '${f('secret.csv')}'`,
    `DECLARE c CURSOR WITH HOLD FOR SELECT * FROM read_text('${f('secret.csv')}')`,
    `SELECT note MEANS (SELECT word FROM '${f('secret.csv')}') FROM notes`,
    `CREATE ROLE mine SUPERUSER`,
    `ALTER ROLE user SUPERUSER`,
    `GRANT pg_read_server_files TO user`,
    `SET ROLE boss`,
    `ALTER USER boss PASSWORD 'mine'`,
  ];

  it('reaches no file, network, extension, secret or setting of the engine, by any way we know', async () => {
    const got: Record<string, unknown> = {};
    for (const sql of attempts()) {
      const result = await outcome(user, sql);
      if (result !== '42501') got[sql] = result;
    }
    expect(got).toEqual({});
    expect(existsSync(f('written.csv')) || existsSync(f('written.parquet'))).toBe(false);
  });

  it('reaches none in DuckDB’s own dialect, with parameters, or after what a superuser was given', async () => {
    await user.query("SET rvbbit.dialect = 'duckdb'");
    for (const sql of [
      `FROM '${f('secret.csv')}'`,
      'FROM pg_catalog.pg_settings',
      "SELECT current_setting('threads')",
    ]) {
      expect(await outcome(user, sql), sql).toBe('42501');
    }
    await user.query('RESET rvbbit.dialect');
    expect(await outcome(user, 'SELECT * FROM read_text($1)', [f('secret.csv')])).toBe('42501');
    await user.query('DISCARD ALL');
    expect(await outcome(user, `FROM '${f('secret.csv')}'`)).toBe('42501');
    await user.query('BEGIN');
    await user.query('ROLLBACK');
    expect(await outcome(user, `FROM '${f('secret.csv')}'`)).toBe('42501');
  });

  it('makes nothing that would read a file when a superuser uses it', async () => {
    expect(await outcome(user, `CREATE MACRO trap() AS TABLE FROM '${f('secret.csv')}'`)).toBe('42501');
    expect(await outcome(user, `CREATE VIEW trap AS FROM '${f('secret.csv')}'`)).toBe('42501');
    expect(await outcome(admin, 'FROM trap()')).toBe('42883');
  });

  it('works with tables, views, macros, transactions, the catalogue and semantic SQL all the same', async () => {
    await user.query('CREATE TABLE mine (id INT, word TEXT)');
    await user.query("INSERT INTO mine VALUES (1, 'bamboo toothbrush'), (2, 'plastic bottle')");
    await user.query(
      'CREATE VIEW seen AS SELECT id FROM mine; CREATE MACRO twice(x) AS x * 2; CREATE INDEX i ON mine (id)',
    );
    expect(await outcome(user, 'SELECT twice(id) AS n FROM seen ORDER BY 1')).toEqual([{ n: 2 }, { n: 4 }]);
    expect(await outcome(user, "SELECT id FROM mine WHERE word MEANS 'eco-friendly' ORDER BY id")).toEqual([
      { id: 1 },
    ]);
    expect(await outcome(user, "SELECT relname FROM pg_class WHERE relname = 'mine'")).toEqual([
      { relname: 'mine' },
    ]);
    expect(
      await outcome(
        user,
        "SELECT current_setting('TimeZone') AS zone, set_config('extra_float_digits', '0', false) AS digits",
      ),
    ).toEqual([{ zone: 'UTC', digits: '0' }]);
    expect(await outcome(user, "SELECT setting FROM pg_settings WHERE name = 'timezone'")).toEqual([
      { setting: 'UTC' },
    ]);
    expect(await outcome(user, 'SELECT id AS "orders.csv" FROM mine LIMIT 1')).toEqual([{ 'orders.csv': 1 }]);
    expect(await outcome(user, "SELECT 'read_csv(' AS text, count(*)::int AS n FROM range(3)")).toEqual([
      { text: 'read_csv(', n: 3 },
    ]);
    await user.query('SET VARIABLE limitation = 3');
    await user.query('DROP VIEW seen; DROP TABLE mine');
  });

  it('sees no statement of others, and stops none', async () => {
    const { rows } = await admin.query('SELECT pg_backend_pid() AS pid');
    const pid = Number(rows[0].pid);
    expect(await outcome(user, `SELECT query FROM pg_stat_activity WHERE pid = ${pid}`)).toEqual([
      { query: '<insufficient privilege>' },
    ]);
    expect(await outcome(user, `SELECT pg_cancel_backend(${pid})`)).not.toEqual([
      { pg_cancel_backend: true },
    ]);
    expect(await outcome(user, `SELECT pg_terminate_backend(${pid})`)).not.toEqual([
      { pg_terminate_backend: true },
    ]);
    expect(await outcome(admin, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
  });
});

describe('rights', () => {
  it('a read-only role changes nothing', async () => {
    const reader = await enter('reader');
    for (const sql of [
      "INSERT INTO notes VALUES ('x')",
      'DELETE FROM notes',
      'CREATE TABLE t (a INT)',
      'CREATE TEMP TABLE t (a INT)',
      'DROP TABLE notes',
      'TRUNCATE notes',
      "EXPLAIN ANALYZE INSERT INTO notes VALUES ('x')",
      "EXPLAIN (ANALYZE, FORMAT JSON) INSERT INTO notes VALUES ('x')",
      "PREPARE p AS INSERT INTO notes VALUES ('x')",
      'COPY notes FROM STDIN',
      "INSERT INTO training_annotations (trace_id, trainable) VALUES ('x', true)",
      'WITH w AS (SELECT 1) INSERT INTO notes SELECT note FROM notes',
      'VACUUM',
    ]) {
      expect(await outcome(reader, sql), sql).toBe('25006');
    }
    await reader.query('SET default_transaction_read_only = off');
    expect(await outcome(reader, 'DELETE FROM notes')).toBe('25006');
    expect(await outcome(reader, 'SELECT note FROM notes')).toEqual([{ note: 'bamboo' }]);
  });

  it('GRANT pg_read_server_files opens files for reading and nothing else', async () => {
    const loader = await enter('loader');
    expect(await outcome(loader, `SELECT word FROM '${f('secret.csv')}'`)).toEqual([{ word: 'xyzzy' }]);
    expect(await outcome(loader, `SELECT word FROM read_parquet('${f('secret.parquet')}')`)).toEqual([
      { word: 'xyzzy' },
    ]);
    expect(await outcome(loader, `COPY notes TO '${f('written.csv')}'`)).toBe('42501');
    expect(await outcome(loader, 'INSTALL httpfs')).toBe('42501');
    await admin.query('REVOKE pg_read_server_files FROM loader');
    expect(await outcome(loader, `SELECT word FROM '${f('secret.csv')}'`)).toBe('42501');
  });

  it('a superuser gives rights up by SET ROLE and gets them back by RESET ROLE', async () => {
    await admin.query('SET ROLE reader');
    expect(await outcome(admin, 'DELETE FROM notes')).toBe('25006');
    expect(await outcome(admin, `FROM '${f('secret.csv')}'`)).toBe('42501');
    await admin.query('RESET ROLE');
    expect(await outcome(admin, `FROM '${f('secret.csv')}'`)).toEqual([{ word: 'xyzzy' }]);
  });

  it('bounds of a role hold whatever its session sets: time, rows, cost, model', async () => {
    const bounded = await enter('bounded');
    await bounded.query(
      "SET statement_timeout = 0; SET rvbbit.max_rows = 1000000; SET rvbbit.max_cost_usd = 100; SET rvbbit.model = 'openai/gpt-4.1'",
    );
    expect(await outcome(bounded, 'SHOW statement_timeout')).toEqual([{ statement_timeout: '2s' }]);
    expect(await outcome(bounded, 'SHOW rvbbit.max_cost_usd')).toEqual([{ 'rvbbit.max_cost_usd': '0.5' }]);
    expect(await outcome(bounded, 'SHOW rvbbit.model')).toEqual([{ 'rvbbit.model': 'local' }]);
    expect(await outcome(bounded, 'SELECT * FROM range(101)')).toBe('54000');
    expect(await outcome(bounded, 'SELECT count(*)::int AS n FROM range(1000)')).toEqual([{ n: 1000 }]);
    expect(await outcome(bounded, 'SELECT pg_sleep(5)')).toBe('57014');
    await bounded.query("SET statement_timeout = '1s'");
    expect(await outcome(bounded, 'SHOW statement_timeout')).toEqual([{ statement_timeout: '1s' }]);
    expect(await outcome(bounded, 'ALTER ROLE bounded RESET ALL')).toBe('42501');
  });

  it('ends the next statement of a role that was dropped', async () => {
    await admin.query("CREATE ROLE brief LOGIN PASSWORD 'x'");
    const brief = await enter('brief');
    await admin.query('DROP ROLE brief');
    expect(await outcome(brief, 'SELECT 1')).toBe('28000');
  });
});
