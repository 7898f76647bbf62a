import { createWriteStream } from 'node:fs';
import { resolve } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { ClickHouseLogLevel, createClient } from '@clickhouse/client';
import type { ClickHouseClient, ClickHouseSettings } from '@clickhouse/client';
import { SqlError, StartupError, messageOf } from '../../errors.ts';
import { connectEmbedded } from './embedded.ts';
import { migrate } from './migrate.ts';
import type { Lane, Store, StoreRow } from './store-contract.ts';

export type { Lane, Store, StoreRow };

export interface StoreLocation {
  readonly dataDir: string;
  /** null starts the embedded engine in `<dataDir>/clickhouse`. */
  readonly clickhouseUrl: string | null;
}

const LANES: readonly Lane[] = Object.freeze([
  'log',
  'answers',
  'marks',
  'examples',
  'tables',
  'studio',
  'pulse',
]);

const SETTINGS: ClickHouseSettings = Object.freeze({
  async_insert: 0,
  deduplicate_blocks_in_dependent_materialized_views: 1,
  output_format_json_quote_64bit_integers: 0,
});

/** Connects and applies the migrations that are missing. Throws StartupError. */
export async function openStore(location: StoreLocation): Promise<Store> {
  const store =
    location.clickhouseUrl === null
      ? await openEmbedded(resolve(location.dataDir, 'clickhouse'))
      : await openServer(location.clickhouseUrl);
  try {
    await migrate(store);
    return store;
  } catch (error) {
    await store.close();
    if (error instanceof StartupError) throw error;
    throw new StartupError(`the log store cannot be prepared: ${messageOf(error)}`, undefined, error);
  }
}

/**
 * Keeps the embedded engine's folder as it is until the returned function is called: no other process opens it, and
 * nothing in it is merged. What the engine itself has replaced may still vanish. Throws StartupError.
 */
export async function holdEmbedded(dataDir: string): Promise<() => Promise<void>> {
  const store = await openEmbedded(resolve(dataDir, 'clickhouse'));
  await store.command('marks', 'SYSTEM STOP MERGES');
  return () => store.close();
}

async function openEmbedded(path: string): Promise<Store> {
  const connect = await connectEmbedded(path);
  const clients = LANES.map(
    (lane) => [lane, createClient({ connection: connect(), clickhouse_settings: SETTINGS })] as const,
  );
  return new ClickHouseStore(new Map(clients), true);
}

async function openServer(address: string): Promise<Store> {
  const shown = withoutPassword(address);
  const client = createClient({
    url: address,
    clickhouse_settings: SETTINGS,
    max_open_connections: 32,
    // What fails is thrown, and said by whoever catches it.
    log: { level: ClickHouseLogLevel.OFF },
  });
  const answer = await client.ping({ select: true });
  if (answer.success) return new ClickHouseStore(new Map(LANES.map((lane) => [lane, client])), false);
  await client.close();
  throw new StartupError(
    `ClickHouse at ${shown} cannot be reached: ${messageOf(answer.error)}`,
    'Check RVBBIT_CLICKHOUSE_URL, or unset it to use the embedded engine.',
    answer.error,
  );
}

function withoutPassword(address: string): string {
  if (!URL.canParse(address)) {
    throw new StartupError(
      'RVBBIT_CLICKHOUSE_URL is no URL',
      'It looks like http://user:password@host:8123.',
    );
  }
  const url = new URL(address);
  url.password = '';
  return url.href;
}

class ClickHouseStore implements Store {
  readonly #clients: ReadonlyMap<Lane, ClickHouseClient>;
  readonly exclusive: boolean;
  readonly #running = new Set<Promise<unknown>>();

  constructor(clients: ReadonlyMap<Lane, ClickHouseClient>, exclusive: boolean) {
    this.#clients = clients;
    this.exclusive = exclusive;
  }

  async query<Row>(lane: Lane, sql: string, parameters: StoreRow = {}): Promise<readonly Row[]> {
    return this.#attempt(lane, async (client) => {
      const result = await client.query({
        query: sql,
        format: 'JSONEachRow',
        query_params: { ...parameters },
      });
      return result.json<Row>();
    });
  }

  async command(lane: Lane, sql: string): Promise<void> {
    await this.#attempt(lane, (client) => client.command({ query: sql }));
  }

  async insert(lane: Lane, table: string, rows: readonly StoreRow[], token: string): Promise<void> {
    if (rows.length === 0) return;
    await this.#attempt(lane, (client) =>
      client.insert({
        table,
        values: rows.map(wellFormed),
        format: 'JSONEachRow',
        clickhouse_settings: { insert_deduplication_token: token },
      }),
    );
  }

  async exportParquet(lane: Lane, sql: string, parameters: StoreRow, file: string): Promise<void> {
    await this.#attempt(lane, async (client) => {
      const result = await client.exec({ query: `${sql} FORMAT Parquet`, query_params: { ...parameters } });
      await pipeline(result.stream, createWriteStream(file));
    });
  }

  /** Waits for what is under way: the embedded engine must not lose a connection that is at work. */
  async close(): Promise<void> {
    await Promise.allSettled(this.#running);
    for (const client of new Set(this.#clients.values())) await client.close();
  }

  async #attempt<T>(lane: Lane, work: (client: ClickHouseClient) => Promise<T>): Promise<T> {
    const client = this.#clients.get(lane);
    if (client === undefined) throw new SqlError('XX000', `the log store has no lane ${lane}`);
    const running = work(client);
    this.#running.add(running);
    try {
      return await running;
    } catch (error) {
      throw new SqlError('58030', `the log store failed: ${messageOf(error)}`, { cause: error });
    } finally {
      this.#running.delete(running);
    }
  }
}

/** Half a surrogate pair is no text that UTF-8 can hold; it becomes U+FFFD as everywhere on the way to a client. */
function wellFormed(row: StoreRow): StoreRow {
  return Object.fromEntries(
    Object.entries(row).map(([name, value]) => [name, typeof value === 'string' ? asUtf8(value) : value]),
  );
}

function asUtf8(text: string): string {
  return /\p{Surrogate}/u.test(text) ? Buffer.from(text, 'utf8').toString('utf8') : text;
}
