import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { type Server, Servers, stubEnvironment, type TestClient } from '../acceptance/server-fixture.ts';
import { OpenAiStub } from '../support/openai-stub.ts';

vi.setConfig({ testTimeout: 180_000, hookTimeout: 180_000 });

const servers = new Servers();
let stub: OpenAiStub;
let server: Server;
let sql: TestClient;
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'rvbbit-injection-'));
  await writeFile(join(folder, 'secret.csv'), 'word\nxyzzy\n');
  stub = await OpenAiStub.start();
  server = await servers.open(stubEnvironment(stub.baseUrl));
  sql = await server.connect();
  await sql.rows('CREATE TABLE goods (id INT, name TEXT)');
  await sql.rows("INSERT INTO goods VALUES (0, 'kept')");
});
afterAll(async () => {
  await servers.close();
  await stub.close();
  await rm(folder, { recursive: true, force: true });
});

describe('the model that writes SQL for ask_data', () => {
  const written = (): readonly string[] => [
    'DELETE FROM goods',
    "UPDATE goods SET name = 'x'",
    'CREATE TABLE t (a INT)',
    "INSERT INTO training_annotations (trace_id, trainable) VALUES ('x', true)",
    'SELECT 1; DELETE FROM goods',
    `SELECT * FROM '${folder}/secret.csv'`,
    `SELECT * FROM "${folder}/secret.csv"`,
    `SELECT * FROM read_csv('${folder}/secret.csv')`,
    `SELECT * FROM system.main.read_text('${folder}/secret.csv')`,
    `SELECT (SELECT content FROM read_text('${folder}/secret.csv'))`,
    `SELECT * FROM glob('${folder}/*')`,
    `COPY goods TO '${folder}/out.csv'`,
    `ATTACH '${folder}/out.duckdb'`,
    `EXPORT DATABASE '${folder}/out'`,
    "SELECT * FROM query('DELETE FROM goods')",
    "SELECT getenv('OPENAI_API_KEY')",
    'SELECT * FROM duckdb_secrets()',
    'SELECT * FROM duckdb_settings()',
    'SELECT password FROM pg_shadow',
    'SELECT request FROM unified_logs',
    "SELECT rvbbit_create_cascade('cascade_id: x')",
    "SELECT rvbbit_run('relay', {'text': 'x'})",
    'SELECT pg_terminate_backend(1)',
    'SELECT pg_sleep(60)',
    "SELECT set_config('rvbbit.model', 'x', false)",
    'PRAGMA database_list',
    'INSTALL httpfs',
    'SET memory_limit = 1',
    'EXPLAIN ANALYZE DELETE FROM goods',
  ];

  it('cannot write, read a file, or call a function that does', async () => {
    const got: Record<string, unknown> = {};
    for (const [at, text] of written().entries()) {
      stub.answer = () => text;
      const result = await sql
        .rows(`SELECT * FROM ask_data('Injected question ${at}')`)
        .catch((error: { readonly code: string }) => error.code);
      if (!['42501', '42601', '42P01', '42703', '42883'].includes(String(result))) got[text] = result;
    }
    expect(got).toEqual({});
    expect(await sql.rows('SELECT name FROM goods')).toEqual([{ name: 'kept' }]);
    expect(await sql.rows('SELECT * FROM training_annotations')).toEqual([]);
    for (const name of ['out.csv', 'out.duckdb', 'out']) expect(existsSync(join(folder, name))).toBe(false);
    expect(JSON.stringify(sql.notices)).not.toContain('xyzzy');
  });
});
