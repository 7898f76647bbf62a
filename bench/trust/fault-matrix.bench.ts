import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'pg';
import { describe, it } from 'vitest';
import { ChildServer } from '../../test/acceptance/child-server.ts';
import { stubEnvironment } from '../../test/acceptance/server-fixture.ts';
import { ClickHouseEndpoint, type StoreFault } from '../../test/support/clickhouse-endpoint.ts';
import { OpenAiStub, type StubAnswerer } from '../../test/support/openai-stub.ts';
import { report } from '../support/report.ts';

const FAULT_MS = 3_000;
const RECOVERY_MS = 30_000;
const ROWS = 10;

/** Whether the number at the end of the text is even. */
const honest: StubAnswerer = ({ prompt }) => String(Number(/(\d+)\s*$/.exec(prompt)?.[1]) % 2 === 0);

const MODEL_FAULTS: Readonly<Record<string, StubAnswerer>> = {
  'model: hangs': () => ({ fault: 'hang' }),
  'model: resets': () => ({ fault: 'reset' }),
  'model: 429 storm': () => ({ status: 429, headers: { 'retry-after': '0' } }),
  'model: garbage': () => ({ body: '\u0000{"choices":[' }),
  'model: cut replies': () => ({ content: 'true', fault: 'cut' }),
  'model: huge replies': () => ({ content: 'x'.repeat(4_000_000) }),
  'model: wrong content type': () => ({
    body: '<html>busy</html>',
    headers: { 'content-type': 'text/html' },
  }),
};
const STORE_FAULTS: Readonly<Record<string, StoreFault>> = {
  'ClickHouse: down': 'refuse',
  'ClickHouse: hangs': 'hang',
  'ClickHouse: slow': 'slow',
  'ClickHouse: disk full': 'full',
};

interface Tally {
  statements: number;
  wrong: number;
  readonly errors: Map<string, number>;
}

/** One server, and what its clients were told. */
class Matrix {
  readonly acknowledged = new Set<string>();
  #question = 0;

  constructor(private readonly server: ChildServer) {}

  async connect(): Promise<Client> {
    const client = new Client(this.server.sqlUrl.replace('//', '//ada@'));
    client.on('error', () => undefined);
    await client.connect();
    await client.query("SET statement_timeout = '2s'");
    return client;
  }

  /** Statements without a pause: plain, asking and marking ones, until `goesOn` says no. */
  async load(goesOn: () => boolean): Promise<Tally> {
    const tally: Tally = { statements: 0, wrong: 0, errors: new Map() };
    const works = [this.plain, this.asks, this.asks, this.marks];
    const turn = async (work: (client: Client) => Promise<boolean>): Promise<void> => {
      const client = await this.connect();
      while (goesOn()) {
        tally.statements += 1;
        try {
          if (!(await work.call(this, client))) tally.wrong += 1;
        } catch (error) {
          const { code = 'none' } = error as { readonly code?: string };
          tally.errors.set(code, (tally.errors.get(code) ?? 0) + 1);
          await sleep(20);
        }
      }
      await client.end();
    };
    await Promise.all(works.map(turn));
    return tally;
  }

  async plain(client: Client): Promise<boolean> {
    const { rows } = await client.query<{ n: number }>('SELECT sum(i)::int AS n FROM range(1000) r(i)');
    return rows[0]?.n === 499_500;
  }

  async asks(client: Client): Promise<boolean> {
    this.#question += 1;
    const sql = `SELECT i, body MEANS 'even ${this.#question}.x' AS yes FROM t ORDER BY i`;
    const { rows } = await client.query<{ i: number; yes: boolean }>(sql);
    return rows.length === ROWS && rows.every(({ i, yes }) => yes === (i % 2 === 0));
  }

  async marks(client: Client): Promise<boolean> {
    const { rows } = await client.query<{ trace_id: string }>(
      'SELECT trace_id FROM training_examples_mv ORDER BY timestamp DESC LIMIT 1',
    );
    const traceId = rows[0]?.trace_id ?? '';
    await client.query('INSERT INTO training_annotations (trace_id, trainable) VALUES ($1, true)', [traceId]);
    this.acknowledged.add(traceId);
    return true;
  }

  /** Milliseconds until one statement of each kind succeeds. */
  async recovers(): Promise<number> {
    const started = performance.now();
    const client = await this.connect();
    for (const work of [this.plain, this.asks, this.marks]) {
      while (!(await work.call(this, client).catch(() => false))) {
        if (performance.now() - started > RECOVERY_MS) return Number.POSITIVE_INFINITY;
        await sleep(20);
      }
    }
    await client.end();
    return performance.now() - started;
  }

  async lostMarks(): Promise<number> {
    const client = await this.connect();
    const { rows } = await client.query<{ trace_id: string }>(
      'SELECT trace_id FROM training_annotations WHERE trainable',
    );
    await client.end();
    const kept = new Set(rows.map((row) => row.trace_id));
    return [...this.acknowledged].filter((id) => !kept.has(id)).length;
  }
}

describe('faults of the model endpoint and of ClickHouse under a mixed load', () => {
  it('9: cost no wrong row and no acknowledged mark', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'rvbbit-faults-'));
    const endpoint = await ClickHouseEndpoint.start();
    const stub = await OpenAiStub.start(honest);
    const server = await ChildServer.start(folder, {
      ...stubEnvironment(stub.baseUrl),
      RVBBIT_CLICKHOUSE_URL: endpoint.url,
    });
    const matrix = new Matrix(server);
    const first = await matrix.connect();
    await first.query(`CREATE TABLE t AS SELECT i::int AS i, 'item ' || i AS body FROM range(${ROWS}) r(i)`);
    await matrix.asks(first);
    await first.end();
    let wrong = 0;
    let lost = 0;
    let slowest = 0;
    for (const fault of ['none', ...Object.keys(MODEL_FAULTS), ...Object.keys(STORE_FAULTS)]) {
      stub.answer = MODEL_FAULTS[fault] ?? honest;
      await endpoint.fault(STORE_FAULTS[fault] ?? 'none');
      const until = performance.now() + FAULT_MS;
      const tally = await matrix.load(() => performance.now() < until);
      stub.answer = honest;
      await endpoint.fault('none');
      const recovered = await matrix.recovers();
      const lostMarks = await matrix.lostMarks();
      const errors = [...tally.errors].map(([code, count]) => `${code}×${count}`).join(' ') || '-';
      process.stdout.write(
        `${fault.padEnd(26)} ${String(tally.statements).padStart(6)} statements, errors ${errors}, wrong rows ${tally.wrong}, ` +
          `lost marks ${lostMarks}, recovered in ${recovered.toFixed(0)} ms\n`,
      );
      wrong += tally.wrong;
      lost += lostMarks;
      slowest = Math.max(slowest, recovered);
    }
    const from = `${FAULT_MS / 1000} s of each fault, 4 clients; ${matrix.acknowledged.size} marks acknowledged`;
    report({ what: 'wrong answers', value: wrong, target: { atMost: 0 }, from });
    report({ what: 'lost acknowledged marks', value: lost, target: { atMost: 0 }, from });
    report({ what: 'milliseconds of the slowest recovery', value: slowest, target: null, from });
    await server.kill('SIGTERM');
    await stub.close();
    await endpoint.close();
    await rm(folder, { recursive: true, force: true });
  });
});
