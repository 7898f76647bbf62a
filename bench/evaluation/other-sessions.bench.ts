import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { Client } from 'pg';
import { pino } from 'pino';
import { describe, it } from 'vitest';
import { openServer } from '../../src/cli/open-server.ts';
import { readConfig } from '../../src/config.ts';
import { EndpointProcess } from '../support/endpoint-process.ts';
import { report } from '../support/report.ts';

const VALUES = 10_000;
const STATEMENTS = 4;
const LATENCY_MS = 200;
const CONCURRENCY = 100;

async function connect(port: number): Promise<Client> {
  const client = new Client({ host: '127.0.0.1', port, user: 'ada', database: 'default' });
  await client.connect();
  return client;
}

/** Milliseconds of each SELECT 42 that was sent while `running` had not ended. */
async function selectsWhile(client: Client, running: Promise<unknown>): Promise<number[]> {
  let ended = false;
  running.then(
    () => (ended = true),
    () => (ended = true),
  );
  const all: number[] = [];
  while (!ended) {
    const start = performance.now();
    await client.query('SELECT 42');
    all.push(performance.now() - start);
    await pause(10);
  }
  await running;
  return all;
}

describe('a second session', () => {
  it(`8: during ${STATEMENTS} statements of ${VALUES} values each`, async () => {
    const endpoint = await EndpointProcess.start({ latencyMs: LATENCY_MS });
    const dataDir = await mkdtemp(join(tmpdir(), 'rvbbit-bench-'));
    const env = {
      RVBBIT_DATA: dataDir,
      RVBBIT_SQL_PORT: '0',
      RVBBIT_MODEL: 'openai/gpt-4.1-mini',
      OPENAI_API_KEY: 'key',
      OPENAI_BASE_URL: endpoint.baseUrl,
      RVBBIT_CONCURRENCY: String(CONCURRENCY),
    };
    const server = await openServer(readConfig(env), pino({ level: 'silent' }), { http: false });
    const clients = await Promise.all(Array.from({ length: STATEMENTS + 1 }, () => connect(server.sqlPort)));
    const [watching, ...working] = clients as [Client, ...Client[]];
    await watching.query(
      `CREATE TABLE t AS SELECT s, 'statement ' || s || ' value ' || i AS d
       FROM generate_series(1, ${STATEMENTS}) a(s), generate_series(1, ${VALUES}) b(i)`,
    );
    const statements = working.map((client, at) =>
      client.query(`SELECT count(*) FROM t WHERE s = ${at + 1} AND d MEANS 'even'`),
    );
    const ms = (await selectsWhile(watching, Promise.all(statements))).sort((a, b) => a - b);
    report({
      what: 'ms of SELECT 42 at the 99th percentile',
      value: ms[Math.floor(ms.length * 0.99)] ?? Number.NaN,
      target: { atMost: 20 },
      from: `${ms.length} of them, median ${(ms[ms.length >> 1] ?? 0).toFixed(1)} ms, longest ${(ms.at(-1) ?? 0).toFixed(1)}; ${CONCURRENCY} in flight, ${LATENCY_MS} ms a request, the endpoint in a process of its own`,
    });
    for (const client of clients) await client.end();
    await server.close();
    await endpoint.close();
    await rm(dataDir, { recursive: true, force: true });
  });
});
