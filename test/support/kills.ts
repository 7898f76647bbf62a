import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'pg';
import { ChildServer } from '../acceptance/child-server.ts';
import { stubEnvironment } from '../acceptance/server-fixture.ts';
import { Random } from '../lexer/random.ts';
import { OpenAiStub } from './openai-stub.ts';

export interface KillOptions {
  readonly kills: number;
  readonly seed: number;
  /** Milliseconds of load before a kill, at least and at most. */
  readonly load: readonly [least: number, most: number];
}

export interface KillFigures {
  /** Marks whose INSERT was answered, over all rounds. */
  readonly acknowledged: number;
  readonly lostMarks: readonly string[];
  /** Calls answered by the endpoint more than a second before a kill. */
  readonly settledCalls: number;
  readonly lostCalls: number;
  /** Milliseconds from the start of the process to the first answer to SELECT 42. */
  readonly restarts: readonly number[];
  readonly wrong: readonly string[];
}

const MARKERS = 4;
const ASKERS = 2;
const ROWS_A_QUESTION = 20;
/** A row is on disk at most this long after its call. */
const SETTLED_MS = 1_000;

/**
 * Kills the server at random instants while clients mark calls and ask for meaning, and starts it again on the same
 * folder. What was acknowledged is kept here and compared with what each restart finds.
 */
export class Kills {
  readonly #random: Random;
  readonly #acknowledged = new Set<string>();
  readonly #lost = new Set<string>();
  readonly #restarts: number[] = [];
  readonly #wrong: string[] = [];
  #settledCalls = 0;
  #lostCalls = 0;
  #question = 0;

  private constructor(
    private readonly options: KillOptions,
    private readonly stub: OpenAiStub,
    private readonly dataDir: string,
  ) {
    this.#random = new Random(options.seed);
  }

  static async run(options: KillOptions): Promise<KillFigures> {
    const stub = await OpenAiStub.start(() => 'true', 10);
    const dataDir = await mkdtemp(join(tmpdir(), 'rvbbit-kills-'));
    try {
      return await new Kills(options, stub, dataDir).#all();
    } finally {
      await stub.close();
      await rm(dataDir, { recursive: true, force: true });
    }
  }

  async #all(): Promise<KillFigures> {
    let server = await this.#start();
    await ask(server, ["CREATE TABLE t AS SELECT 'text ' || i AS body FROM range(200) r(i)"]);
    for (let kill = 0; kill < this.options.kills; kill += 1) {
      const settled = await this.#loadAndKill(server);
      const started = performance.now();
      server = await this.#start();
      this.#restarts.push(performance.now() - started);
      await this.#compare(server, settled);
    }
    await server.kill('SIGTERM');
    return {
      acknowledged: this.#acknowledged.size,
      lostMarks: [...this.#lost],
      settledCalls: this.#settledCalls,
      lostCalls: this.#lostCalls,
      restarts: this.#restarts,
      wrong: this.#wrong,
    };
  }

  /** Resolves when SELECT 42 is answered. */
  async #start(): Promise<ChildServer> {
    const server = await ChildServer.start(this.dataDir, stubEnvironment(this.stub.baseUrl));
    const [{ n }] = (await ask(server, ['SELECT 42 AS n'])) as [{ n: number }];
    if (n !== 42) this.#wrong.push(`SELECT 42 gave ${n}`);
    return server;
  }

  /** The criteria of the calls that were answered more than a second before the kill; examples stand before the row. */
  async #loadAndKill(server: ChildServer): Promise<readonly string[]> {
    const { load } = this.options;
    const clients = await Promise.all(Array.from({ length: MARKERS + ASKERS }, () => connect(server)));
    this.stub.clear();
    const working = clients.map((client, number) =>
      (number < ASKERS ? this.#asks(client) : this.#marks(client)).catch(() => undefined),
    );
    await sleep(load[0] + this.#random.below(load[1] - load[0] + 1));
    const killedAt = performance.now();
    const settled = this.stub.requests
      .filter(({ receivedAt }) => receivedAt + this.stub.latencyMs < killedAt - SETTLED_MS - 250)
      .map(({ prompt }) => prompt.match(/question \d+/g)?.at(-1) ?? '');
    await server.kill('SIGKILL');
    await Promise.all(working);
    return settled;
  }

  async #asks(client: Client): Promise<never> {
    for (;;) {
      this.#question += 1;
      const sql = `SELECT body FROM t WHERE body MEANS 'question ${this.#question}' LIMIT ${ROWS_A_QUESTION}`;
      const { rows } = await client.query(sql);
      if (rows.length !== ROWS_A_QUESTION) this.#wrong.push(`${sql} gave ${rows.length} rows`);
    }
  }

  /** Marks calls that no one has marked, one INSERT each. */
  async #marks(client: Client): Promise<never> {
    for (;;) {
      const { rows } = await client.query<{ trace_id: string }>(
        'SELECT trace_id FROM training_examples_mv ORDER BY timestamp DESC LIMIT 50',
      );
      const unmarked = rows.map((row) => row.trace_id).filter((id) => !this.#acknowledged.has(id));
      const own = unmarked.filter((_, at) => at % 3 === this.#random.below(3)).slice(0, 10);
      for (const traceId of own) {
        await client.query('INSERT INTO training_annotations (trace_id, trainable) VALUES ($1, true)', [
          traceId,
        ]);
        this.#acknowledged.add(traceId);
      }
      if (own.length === 0) await sleep(20);
    }
  }

  async #compare(server: ChildServer, settled: readonly string[]): Promise<void> {
    const [marks, calls] = await withClient(server, async (client) => [
      await client.query<{ trace_id: string }>('SELECT trace_id FROM training_annotations WHERE trainable'),
      await client.query<{ criterion: string; n: number }>(
        `SELECT inputs::json->>'criterion' AS criterion, count(*)::int AS n FROM unified_logs
         WHERE error IS NULL GROUP BY ALL`,
      ),
    ]);
    const found = new Set(marks.rows.map((row) => row.trace_id));
    for (const id of this.#acknowledged) if (!found.has(id)) this.#lost.add(id);
    const logged = new Map(calls.rows.map(({ criterion, n }) => [criterion, n]));
    for (const [criterion, count] of counted(settled)) {
      this.#settledCalls += count;
      this.#lostCalls += Math.max(0, count - (logged.get(criterion) ?? 0));
    }
  }
}

async function connect(server: ChildServer): Promise<Client> {
  const client = new Client(server.sqlUrl.replace('//', '//ada@'));
  client.on('error', () => undefined);
  await client.connect();
  return client;
}

async function withClient<T>(server: ChildServer, work: (client: Client) => Promise<T>): Promise<T> {
  const client = await connect(server);
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

/** The rows of the last statement. */
function ask(server: ChildServer, statements: readonly string[]): Promise<readonly unknown[]> {
  return withClient(server, async (client) => {
    let rows: readonly unknown[] = [];
    for (const sql of statements) ({ rows } = await client.query<Record<string, unknown>>(sql));
    return rows;
  });
}

function counted(texts: readonly string[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const text of texts) counts.set(text, (counts.get(text) ?? 0) + 1);
  return counts;
}
