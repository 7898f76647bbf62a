import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { afterAll, beforeAll, it } from 'vitest';
import { ChildServer } from '../../test/acceptance/child-server.ts';
import { stubEnvironment } from '../../test/acceptance/server-fixture.ts';
import { OpenAiStub } from '../../test/support/openai-stub.ts';
import { PostgresServer } from '../support/postgres-server.ts';
import { median, report, times } from '../support/report.ts';

const CONCURRENCY = 20;
const LATENCY_MS = 200;
const WIDE = `SELECT 'row number ' || i AS a, 'some text of row ' || (i * 7) AS b, 'third ' || (i % 100) AS c,
  'a somewhat longer text that fills the line ' || i AS d, 'end' || i AS e`;

let dataDir: string;
let stub: OpenAiStub;
let server: ChildServer;
let client: Client;

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'rvbbit-bench-'));
  stub = await OpenAiStub.start(({ prompt }) => String(prompt.includes('7')), LATENCY_MS);
  server = await ChildServer.start(dataDir, stubEnvironment(stub.baseUrl));
  client = new Client(server.sqlUrl.replace('//', '//bench@'));
  await client.connect();
});

afterAll(async () => {
  await client.end();
  await server.kill('SIGTERM');
  await stub.close();
  await rm(dataDir, { recursive: true, force: true });
});

it('a cold MEANS over 2,000 values takes little more than its calls', async () => {
  await client.query("CREATE TABLE cold AS SELECT 'text ' || i AS d FROM range(2000) r(i)");
  await client.query("SELECT 'warm' MEANS 'up'");
  const before = stub.requests.length;
  const start = performance.now();
  await client.query("SELECT count(*) FROM cold WHERE d MEANS 'x'");
  const wall = performance.now() - start;
  const calls = stub.requests.length - before;
  const ideal = Math.ceil(calls / CONCURRENCY) * LATENCY_MS;
  report({
    what: 'cold MEANS over 2,000 values: wall over ideal',
    value: wall / ideal,
    target: { atMost: 1.15 },
    from: `${calls} calls of ${LATENCY_MS} ms, ${CONCURRENCY} in flight: ${wall.toFixed(0)} ms, ideal ${ideal} ms`,
  });
});

it('SELECT 42 in another session does not wait for 10,000 values', async () => {
  await client.query("CREATE TABLE many AS SELECT 'value ' || i AS d FROM range(10000) r(i)");
  const other = new Client(server.sqlUrl.replace('//', '//bench@'));
  await other.connect();
  const running = client
    .query("SELECT count(*) FROM many WHERE d MEANS 'x'")
    .catch((error: unknown) => error);
  const waits: number[] = [];
  for (let at = 0; at < 500; at += 1) {
    const start = performance.now();
    await other.query('SELECT 42');
    waits.push(performance.now() - start);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  const { processID } = client as unknown as { processID: number };
  await other.query(`SELECT pg_cancel_backend(${processID})`);
  await running;
  await other.end();
  waits.sort((a, b) => a - b);
  report({
    what: 'SELECT 42 beside a MEANS over 10,000 values: milliseconds at the 99th percentile',
    value: waits[Math.floor(waits.length * 0.99)] ?? Number.NaN,
    target: { atMost: 50 },
    from: `${waits.length} times, median ${median(waits).toFixed(1)} ms; a call takes ${LATENCY_MS} ms, ${CONCURRENCY} in flight`,
  });
});

it('a cached MEANS over 1,000,000 rows is near to a plain function', async () => {
  stub.latencyMs = 0;
  await client.query(`CREATE TABLE warm AS SELECT 'product number ' || (i % 10000) || ' with some longer description' AS d
    FROM range(1000000) r(i)`);
  await client.query('CHECKPOINT');
  const run = (filter: string) => () => client.query(`SELECT count(*) FROM warm WHERE ${filter}`);
  const means = median(await times(9, run("d MEANS 'x'")));
  const plain = new Map<string, number>();
  for (const filter of ["contains(d, '77')", "d ~ '7.?7'"])
    plain.set(filter, median(await times(9, run(filter))));
  for (const [filter, time] of plain) {
    report({
      what: `cached MEANS over 1,000,000 rows, 10,000 distinct: time over ${filter}`,
      value: means / time,
      target: { atMost: 2 },
      from: `medians of 9: ${means.toFixed(1)} ms and ${time.toFixed(1)} ms`,
    });
  }
});

it('200,000 rows of 5 texts leave as fast as from PostgreSQL', async () => {
  const postgres = await PostgresServer.start();
  const ours = `${WIDE} FROM range(200000) r(i)`;
  await client.query(`CREATE TABLE wide AS ${ours}`);
  const here = median(await times(7, () => client.query('SELECT * FROM wide')));
  if (postgres === null) {
    process.stdout.write('no PostgreSQL 15 on this machine: nothing to compare the rows a second with\n');
    return;
  }
  const other = await postgres.connect();
  await other.query(`CREATE TABLE wide AS ${WIDE} FROM generate_series(0, 199999) r(i)`);
  const there = median(await times(7, () => other.query('SELECT * FROM wide')));
  report({
    what: '200,000 × 5 texts through pg: rows a second over PostgreSQL 15',
    value: there / here,
    target: { atLeast: 0.8 },
    from: `medians of 7: ${here.toFixed(0)} ms and ${there.toFixed(0)} ms`,
  });
  await other.end();
  await postgres.stop();
});
