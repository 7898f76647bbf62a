import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { pino } from 'pino';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openServer } from '../../src/cli/open-server.ts';
import type { RunningServer } from '../../src/cli/open-server.ts';
import { readConfig } from '../../src/config.ts';
import type { Statement } from '../../src/server/http/schemas/calls.ts';
import { OpenAiStub } from '../support/openai-stub.ts';

let stub: OpenAiStub;
let server: RunningServer;
let client: Client;
let dataDir: string;

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'rvbbit-statements-'));
  stub = await OpenAiStub.start(({ prompt }) => String(prompt.includes('bamboo mat')));
  const config = readConfig({
    RVBBIT_DATA: dataDir,
    RVBBIT_SQL_PORT: '0',
    RVBBIT_HTTP_PORT: '0',
    RVBBIT_MODEL: 'openai/gpt-4.1-mini',
    OPENAI_API_KEY: 'key',
    OPENAI_BASE_URL: stub.baseUrl,
  });
  server = await openServer(config, pino({ level: 'silent' }), { http: true });
  client = new Client({ host: '127.0.0.1', port: server.sqlPort, user: 'ada', database: 'default' });
  await client.connect();
});

afterAll(async () => {
  await client.end();
  await server.close();
  await stub.close();
  await rm(dataDir, { recursive: true, force: true });
});

async function statements(query = ''): Promise<readonly Statement[]> {
  const response = await fetch(`http://127.0.0.1:${server.httpPort}/api/statements?${query}`);
  return ((await response.json()) as { statements: Statement[] }).statements;
}

const ASKED = "SELECT text FROM (VALUES ('bamboo mat'), ('tin mat')) AS t(text) WHERE text MEANS 'green'";

test('a statement of the wire is listed with its SQL, rows, user and where its answers came from', async () => {
  await client.query(ASKED);
  await client.query(ASKED);
  await client.query('SELECT 1');
  const [second, first, ...others] = await statements();
  expect(others).toEqual([]);
  expect(first).toMatchObject({
    sql: ASKED,
    rows: 1,
    user_name: 'ada',
    database: 'default',
    from_model: 2,
    calls: 2,
    error: null,
  });
  expect(second).toMatchObject({ sql: ASKED, rows: 1, from_memory: 2, from_model: 0, calls: 0 });
});

test('an answer that a person has verified is counted as theirs, in the list and in EXPLAIN', async () => {
  await client.query(`INSERT INTO training_annotations (trace_id, verified, correction)
    SELECT trace_id, true, 'true' FROM unified_logs WHERE inputs LIKE '%tin mat%'`);
  expect((await client.query(ASKED)).rowCount).toBe(2);
  expect((await statements('search=VALUES'))[0]).toMatchObject({ from_human: 1, from_model: 0, calls: 1 });
  await client.query(`INSERT INTO training_annotations (trace_id, verified)
    SELECT trace_id, true FROM unified_logs WHERE inputs LIKE '%bamboo mat%'`);
  const { rows } = await client.query<Record<string, string>>(`EXPLAIN (SEMANTIC, ANALYZE) ${ASKED}`);
  expect(rows.map((row) => row['QUERY PLAN']).join('\n')).toContain(
    'verified by people 1, without an answer 0',
  );
});

test('one with parameters is listed as it was sent', async () => {
  const text = "SELECT count(*) FROM (VALUES ('bamboo mat')) AS t(text) WHERE text MEANS $1";
  await client.query(text, ['soft']);
  expect((await statements('search=count'))[0]).toMatchObject({ sql: text, rows: 1, from_model: 1 });
});

test('one that fails is listed with its error', async () => {
  stub.answer = () => 'perhaps';
  await expect(client.query("SELECT 'x' MEANS 'y'")).rejects.toThrow('calls failed');
  const [failed] = await statements('failed=true');
  expect(failed?.sql).toBe("SELECT 'x' MEANS 'y'");
  expect(failed?.error).toContain('1 of 1 calls failed');
});
