import { Client } from 'pg';
import Cursor from 'pg-cursor';
import QueryStream from 'pg-query-stream';
import { COLUMNS, type Driver, type DriverSession, EVERYTHING_DDL, NUMBERS_DDL, type Row } from './driver.ts';

export type Pages = (client: Client, size: number) => AsyncIterable<readonly number[]>;

/** node-postgres, whose companions differ in how they page. */
class PgSession implements DriverSession {
  constructor(
    readonly client: Client,
    private readonly url: string,
    private readonly paging: Pages,
  ) {}

  async migrate(): Promise<void> {
    await this.client.query(`${EVERYTHING_DDL}; ${NUMBERS_DDL}`);
  }

  async insert(row: Row): Promise<void> {
    const places = COLUMNS.map((_, at) => `$${at + 1}`).join(', ');
    const values = COLUMNS.map((name) => row[name]);
    await this.client.query(`INSERT INTO everything (${COLUMNS.join(', ')}) VALUES (${places})`, values);
  }

  everything(): Promise<readonly Row[]> {
    return this.rows('SELECT * FROM everything ORDER BY id', []);
  }

  async rows(sql: string, parameters: readonly unknown[]): Promise<readonly Row[]> {
    return (await this.client.query<Row>(sql, [...parameters])).rows;
  }

  pages(size: number): AsyncIterable<readonly number[]> {
    return this.paging(this.client, size);
  }

  async cancel(sql: string): Promise<unknown> {
    const { rows } = await this.client.query<{ pid: number }>('SELECT pg_backend_pid() AS pid');
    const failed = this.client.query(sql).catch((error: unknown) => error);
    await withClient(this.url, (other) => cancelBackend(other, rows[0]?.pid ?? 0));
    return failed;
  }

  async nested(kept: number, taken: number, after: number): Promise<void> {
    const { client } = this;
    await client.query('BEGIN');
    await client.query('INSERT INTO numbers VALUES ($1)', [kept]);
    await client.query('SAVEPOINT inner_step');
    await client
      .query('INSERT INTO numbers VALUES ($1)', [taken])
      .catch(() => client.query('ROLLBACK TO SAVEPOINT inner_step'));
    await client.query('INSERT INTO numbers VALUES ($1)', [after]);
    await client.query('COMMIT');
  }

  close(): Promise<void> {
    return this.client.end();
  }
}

/** Asks until the statement runs that is to be stopped. */
export async function cancelBackend(other: Client, pid: number): Promise<void> {
  const stop = `SELECT pg_cancel_backend(pid) FROM pg_stat_activity WHERE pid = $1 AND state = 'active'`;
  while ((await other.query(stop, [pid])).rowCount === 0) continue;
}

export async function withClient<T>(url: string, work: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client(url);
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

function pgDriver(name: string, paging: Pages): Driver {
  return {
    name,
    async open(url) {
      const client = new Client(url);
      await client.connect();
      return new PgSession(client, url, paging);
    },
  };
}

const SQL = 'SELECT n FROM numbers ORDER BY n';

export const PG = pgDriver('pg', async function* (client, size) {
  for (let offset = 0; ; offset += size) {
    const { rows } = await client.query<{ n: number }>(`${SQL} LIMIT $1 OFFSET $2`, [size, offset]);
    if (rows.length === 0) return;
    yield rows.map(({ n }) => n);
  }
});

export const PG_CURSOR = pgDriver('pg-cursor', async function* (client, size) {
  const cursor = client.query(new Cursor<{ n: number }>(SQL));
  for (;;) {
    const rows = await cursor.read(size);
    if (rows.length === 0) break;
    yield rows.map(({ n }) => n);
  }
  await cursor.close();
});

export const PG_QUERY_STREAM = pgDriver('pg-query-stream', async function* (client, size) {
  const stream = client.query(new QueryStream(SQL, [], { batchSize: size }));
  const page: number[] = [];
  for await (const row of stream) {
    page.push((row as { n: number }).n);
    if (page.length === size) yield page.splice(0);
  }
  if (page.length > 0) yield page;
});
