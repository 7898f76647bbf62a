import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { openServer } from '../../src/cli/open-server.ts';
import { readConfig } from '../../src/config.ts';
import { StartupError } from '../../src/errors.ts';
import { openStore } from '../../src/training/log/store.ts';
import { pino } from 'pino';
import { type Server, Servers, stubEnvironment } from '../acceptance/server-fixture.ts';
import { OpenAiStub } from '../support/openai-stub.ts';

vi.setConfig({ testTimeout: 180_000, hookTimeout: 180_000 });

/** Each stands for one way by which a secret comes in. */
const SECRETS = Object.freeze({
  modelKey: 'sk-xyzzy-model-key-01',
  adminPassword: 'xyzzy-admin-02',
  rolePassword: 'xyzzy-role-03',
  changedPassword: 'xyzzy-changed-04',
  wrongPassword: 'xyzzy-wrong-05',
  connectionString: 'xyzzy-url-06',
  keyValueString: 'xyzzy-dsn-07',
  duckdbSecret: 'xyzzy-secret-08',
  duckdbSetting: 'xyzzy-setting-09',
  bearerToken: 'xyzzy-token-10',
  collectorToken: 'xyzzy-otel-11',
  mistypedSecret: 'xyzzy-mistyped-12',
});

const servers = new Servers();
let stub: OpenAiStub;
let server: Server;
let admin: Client;
/** What clients were shown: errors, notices, rows of EXPLAIN and of the catalogue, replies of HTTP. */
const seen: unknown[] = [];

/** The error of a statement is the client's own text where PostgreSQL shows it, so its LINE is not looked at. */
async function ask(client: Client, sql: string): Promise<void> {
  seen.push(
    await client.query(sql).then(
      (result: unknown) =>
        (Array.isArray(result) ? result : [result]).map(({ rows }: { rows: unknown }) => rows),
      (error: unknown) => ({ ...(error as object), text: String(error) }),
    ),
  );
}

async function enter(password: string, user = 'boss'): Promise<Client> {
  const client = new Client({
    host: '127.0.0.1',
    port: server.running.sqlPort,
    user,
    password,
    database: 'default',
  });
  client.on('notice', (notice) => seen.push(notice.message, notice.detail, notice.hint));
  await client.connect();
  return client;
}

beforeAll(async () => {
  stub = await OpenAiStub.start();
  server = await servers.open({
    ...stubEnvironment(stub.baseUrl),
    OPENAI_API_KEY: SECRETS.modelKey,
    RVBBIT_USER: 'boss',
    RVBBIT_PASSWORD: SECRETS.adminPassword,
    OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:1',
    OTEL_EXPORTER_OTLP_HEADERS: `authorization=Bearer ${SECRETS.collectorToken}`,
  });
  admin = await enter(SECRETS.adminPassword);
});
afterAll(async () => {
  await servers.close();
  await stub.close();
});

function textOf(value: unknown): string {
  return JSON.stringify(value, (_name, one: unknown) => (typeof one === 'bigint' ? String(one) : one)) ?? '';
}

/** The names of the secrets that a text holds, plain, in base64 or as the bytes of a URL. */
function foundIn(text: string): readonly string[] {
  return Object.entries(SECRETS)
    .filter(([, secret]) =>
      [secret, Buffer.from(secret).toString('base64').replace(/=+$/, ''), encodeURIComponent(secret)].some(
        (form) => text.includes(form),
      ),
    )
    .map(([name]) => name);
}

describe('keys, passwords and tokens', () => {
  it('come in by every way we know, and no client is shown one', async () => {
    await ask(admin, `CREATE ROLE ana LOGIN PASSWORD '${SECRETS.rolePassword}'`);
    await ask(admin, `ALTER ROLE ana WITH PASSWORD '${SECRETS.changedPassword}'`);
    await ask(admin, `CREATE SECRET s (TYPE http, BEARER_TOKEN '${SECRETS.duckdbSecret}')`);
    await ask(admin, `SET s3_secret_access_key = '${SECRETS.duckdbSetting}'`);
    await ask(
      admin,
      `ATTACH 'postgres://u:${SECRETS.connectionString}@127.0.0.1:1/d' AS far (TYPE postgres)`,
    );
    await ask(
      admin,
      `SELECT * FROM postgres_scan('host=127.0.0.1 port=1 password=${SECRETS.keyValueString}', 'a', 'b')`,
    );
    // A mistyped command is told back to its sender alone, as PostgreSQL does.
    await admin
      .query(`CREATE SECRETT s (TYPE http, BEARER_TOKEN '${SECRETS.mistypedSecret}')`)
      .catch(() => undefined);
    await enter(SECRETS.wrongPassword).catch((error: unknown) => seen.push(String(error)));

    const echo = JSON.stringify({ error: { message: `Incorrect API key provided: ${SECRETS.modelKey}` } });
    for (const status of [400, 401, 403]) {
      stub.answerNext({ status, body: echo, headers: { 'x-echo': SECRETS.modelKey } });
      await ask(admin, `SELECT 'status ${status}' MEANS 'eco-friendly' AS eco`);
    }
    stub.answerNext(
      ...Array.from({ length: 8 }, () => ({ status: 500, body: `<html>Bearer ${SECRETS.modelKey}</html>` })),
    );
    await ask(admin, "SELECT 'status 500' MEANS 'eco-friendly' AS eco");
    await ask(
      admin,
      `SELECT 'bamboo' MEANS 'eco-friendly' AS eco, 'postgres://u:${SECRETS.connectionString}@h/d' IS NOT NULL AS there`,
    );
    for (const sql of [
      'SELECT query FROM pg_stat_activity',
      'SHOW ALL',
      'SELECT * FROM pg_settings',
      'SELECT * FROM pg_authid',
      'SELECT * FROM pg_shadow',
      'SELECT * FROM duckdb_secrets()',
      'SELECT * FROM unified_logs',
      "EXPLAIN (SEMANTIC) SELECT 'glass' MEANS 'eco-friendly'",
      "EXPLAIN (SEMANTIC, ANALYZE) SELECT 'glass' MEANS 'eco-friendly'",
    ]) {
      await ask(admin, sql);
    }
    expect(foundIn(textOf(stub.requests.map(({ headers }) => headers)))).toEqual(['modelKey']);
    expect(foundIn(textOf(seen))).toEqual([]);
  });

  it('are in no reply of HTTP', async () => {
    const basic = `Basic ${Buffer.from(`boss:${SECRETS.adminPassword}`).toString('base64')}`;
    const replies: string[] = [];
    const get = async (path: string, authorization: string): Promise<void> => {
      const reply = await fetch(server.url(path), { headers: { authorization } });
      replies.push(textOf([...reply.headers]), await reply.text());
    };
    for (const path of [
      '/api/statements',
      '/api/operators',
      '/api/openapi.json',
      '/api/home',
      '/api/attention',
      '/api/traces',
      '/metrics',
      '/readyz',
      '/api/nowhere',
    ])
      await get(path, basic);
    await get('/api/operators', `Bearer ${SECRETS.bearerToken}`);
    await get('/api/operators', `Basic ${Buffer.from(`boss:${SECRETS.wrongPassword}`).toString('base64')}`);
    const sql = `SELECT 1 AS one, 'postgres://u:${SECRETS.connectionString}@h/d' IS NULL AS two`;
    const run = await fetch(server.url('/api/sql/run'), {
      method: 'POST',
      headers: { authorization: basic, 'content-type': 'application/json' },
      body: JSON.stringify({ run_id: 'r', session_key: 'k', database: 'default', sql, max_rows: 10 }),
    });
    replies.push(await run.text());
    expect(replies.join()).toContain('semantic_matches');
    expect(foundIn(replies.join('\n'))).toEqual([]);
  });

  it('are in no line of the server’s log, in no table of ClickHouse, and in no file of the data folder', async () => {
    await admin.end();
    await server.stop();
    expect(foundIn(server.console.join('\n'))).toEqual([]);
    const config = readConfig({ RVBBIT_DATA: server.dataDir });
    const store = await openStore(config);
    const tables = await store.query<{ database: string; name: string }>(
      'studio',
      "SELECT database, name FROM system.tables WHERE database NOT IN ('system', 'INFORMATION_SCHEMA', 'information_schema') AND engine NOT LIKE '%View'",
    );
    const held: Record<string, readonly string[]> = {};
    let rows = 0;
    for (const { database, name } of tables) {
      const all = await store.query<object>('studio', `SELECT * FROM \`${database}\`.\`${name}\``);
      rows += all.length;
      const found = foundIn(textOf(all));
      if (found.length > 0) held[name] = found;
    }
    await store.close();
    expect(held).toEqual({});
    expect(tables.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['unified_logs', 'sql_statements']),
    );
    expect(rows).toBeGreaterThan(5);
    const files = readdirSync(server.dataDir, { recursive: true, withFileTypes: true }).filter((one) =>
      one.isFile(),
    );
    for (const { parentPath, name } of files) {
      const path = join(parentPath, name);
      const found = foundIn(readFileSync(path, 'latin1'));
      if (found.length > 0) held[path] = found;
    }
    expect(held).toEqual({});
    expect(files.length).toBeGreaterThan(10);
    expect(readFileSync(resolve(server.dataDir, 'access.yaml'), 'utf8')).toContain('SCRAM-SHA-256$');
  });

  it('are not in what is said when the server cannot start', async () => {
    const config = readConfig({
      RVBBIT_DATA: server.dataDir,
      RVBBIT_CLICKHOUSE_URL: `http://u:${SECRETS.connectionString}@127.0.0.1:1`,
      OPENAI_API_KEY: SECRETS.modelKey,
    });
    const failed: unknown = await openServer(config, pino({ level: 'silent' }), { http: false }).catch(
      (error: unknown) => error,
    );
    expect(failed).toBeInstanceOf(StartupError);
    expect(foundIn(`${String(failed)} ${(failed as StartupError).hint ?? ''}`)).toEqual([]);
  });
});
