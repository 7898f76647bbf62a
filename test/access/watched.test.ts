import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { doctor } from '../../src/cli/doctor/doctor.ts';
import { readConfig } from '../../src/config.ts';
import { OpenAiStub } from '../support/openai-stub.ts';
import { type Server, Servers, stubEnvironment } from '../acceptance/server-fixture.ts';

vi.setConfig({ testTimeout: 120_000, hookTimeout: 180_000 });

const KEY = 'sk-xyzzy-0123456789';
const PASSWORD = 'xyzzy-password';
const servers = new Servers();
let stub: OpenAiStub;
let server: Server;

beforeAll(async () => {
  stub = await OpenAiStub.start();
  server = await servers.open({ ...stubEnvironment(stub.baseUrl), OPENAI_API_KEY: KEY });
});
afterAll(async () => {
  await servers.close();
  await stub.close();
});

describe('a server that is watched', () => {
  it('says that it lives and that it is ready, without an account', async () => {
    const live = await fetch(server.url('/healthz'));
    expect([live.status, await live.json()]).toEqual([200, { status: 'ok' }]);
    await expect
      .poll(async () => (await fetch(server.url('/readyz'))).json(), { timeout: 20_000 })
      .toEqual({ status: 'ok', checks: { log: 'ok', database: 'ok' } });
  });

  it('counts statements, errors, answers, calls, tokens and connections', async () => {
    const { rows } = await server.connect();
    await rows("SELECT 'bamboo' MEANS 'eco-friendly' AS eco");
    await rows("SELECT 'bamboo' MEANS 'eco-friendly' AS eco");
    await expect(rows('SELECT * FROM nowhere')).rejects.toThrow();
    const text = await (await fetch(server.url('/metrics'))).text();
    expect(text).toMatch(/^rvbbit_statements_total\{command="select"\} [1-9]/m);
    expect(text).toMatch(/^rvbbit_errors_total\{sqlstate="42P01"\} 1$/m);
    expect(text).toMatch(/^rvbbit_model_calls_total\{.*outcome="ok"\} 1$/m);
    expect(text).toMatch(/^rvbbit_model_tokens_total\{.*direction="in"\} [1-9]/m);
    expect(text).toMatch(/^rvbbit_answers_total\{origin="memory"\} 1$/m);
    expect(text).toMatch(/^rvbbit_connections 1$/m);
    expect(text).toMatch(/^nodejs_eventloop_lag_p99_seconds /m);
  });

  it('has no key and no password in its log, its tables, its settings, its errors or REST', async () => {
    const { client, rows } = await server.connect();
    const seen: unknown[] = [];
    const ask = async (sql: string): Promise<void> => {
      const { database, user } = { database: 'default', user: 'ada' };
      seen.push(
        database,
        user,
        await rows(sql).catch((error: unknown) => ({ ...(error as object), text: String(error) })),
      );
    };
    await ask(`CREATE ROLE ana LOGIN PASSWORD '${PASSWORD}'`);
    await ask('SELECT pid, query FROM pg_stat_activity');
    stub.answerNext({
      status: 401,
      body: JSON.stringify({ error: { message: `Incorrect API key provided: ${KEY}` } }),
    });
    await ask("SELECT 'glass' MEANS 'eco-friendly' AS eco");
    await ask(
      `SELECT 'bamboo' MEANS 'eco-friendly' AS eco, 'postgres://u:${PASSWORD}@h/d' IS NOT NULL AS there`,
    );
    for (const sql of [
      'SHOW ALL',
      'SELECT * FROM unified_logs',
      'SELECT * FROM pg_settings',
      'SELECT * FROM pg_authid',
      'SELECT * FROM pg_shadow',
      "EXPLAIN (SEMANTIC) SELECT 'x' MEANS 'y'",
    ])
      await ask(sql);
    for (const path of ['/api/statements', '/api/openapi.json', '/api/operators', '/metrics', '/readyz']) {
      seen.push(await (await fetch(server.url(path))).text());
    }
    await client.end();
    const all = JSON.stringify(seen, (_key, value: unknown) =>
      typeof value === 'bigint' ? String(value) : value,
    );
    for (const secret of [KEY, PASSWORD]) {
      expect(all).not.toContain(secret);
      expect(server.console.join('\n')).not.toContain(secret);
    }
  });
});

describe('rvbbit doctor', () => {
  it('says of each thing how it is, and what to do where it is not right', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'rvbbit-doctor-'));
    const holder = createServer();
    await new Promise<void>((resolve) => holder.listen(0, '127.0.0.1', resolve));
    const { port } = holder.address() as { port: number };
    const config = readConfig({
      RVBBIT_DATA: folder,
      RVBBIT_SQL_PORT: String(port),
      RVBBIT_HTTP_PORT: '0',
      RVBBIT_CLICKHOUSE_URL: `http://u:${PASSWORD}@127.0.0.1:1`,
      ...stubEnvironment('http://127.0.0.1:1/v1'),
    });
    const lines: string[] = [];
    const failed = await doctor(config, (line) => lines.push(line));
    holder.close();
    await rm(folder, { recursive: true });
    const text = lines.join('\n');
    expect(failed).toBe(3);
    expect(text).toMatch(/^ok {4}versions: rvbbit \S+, Node \S+, DuckDB v/m);
    expect(text).toMatch(/^ok {4}data folder: .* GiB free$/m);
    expect(text).toMatch(/^FAIL {2}SQL port: 127\.0\.0\.1:\d+ is in use\n {6}A server may run already/m);
    expect(text).toMatch(/^ok {4}cascades: \d+ of 1 folder$/m);
    expect(text).toMatch(
      /^FAIL {2}log store: ClickHouse at .* cannot be reached.*\n {6}Check RVBBIT_CLICKHOUSE_URL/m,
    );
    expect(text).toMatch(/^FAIL {2}model: .* cannot be reached.*\n {6}Check OPENAI_BASE_URL/m);
    expect(text).not.toContain(PASSWORD);
  });
});
