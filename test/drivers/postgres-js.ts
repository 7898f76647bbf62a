import postgres from 'postgres';
import { COLUMNS, type Driver, type DriverSession, EVERYTHING_DDL, NUMBERS_DDL, type Row } from './driver.ts';

/** postgres.js, with its defaults: it reads the array types of the catalogue when it connects. */
class PostgresSession implements DriverSession {
  constructor(private readonly sql: postgres.Sql) {}

  async migrate(): Promise<void> {
    await this.sql.unsafe(`${EVERYTHING_DDL}; ${NUMBERS_DDL}`);
  }

  async insert(row: Row): Promise<void> {
    await this.sql`INSERT INTO everything ${this.sql({ ...row }, ...COLUMNS)}`;
  }

  async everything(): Promise<readonly Row[]> {
    return this.sql`SELECT * FROM everything ORDER BY id`;
  }

  async rows(sql: string, parameters: readonly unknown[]): Promise<readonly Row[]> {
    return this.sql.unsafe(sql, [...parameters] as never[]);
  }

  async *pages(size: number): AsyncIterable<readonly number[]> {
    for await (const rows of this.sql<{ n: number }[]>`SELECT n FROM numbers ORDER BY n`.cursor(size)) {
      yield rows.map(({ n }) => n);
    }
  }

  async cancel(sql: string): Promise<unknown> {
    const query = this.sql.unsafe(sql).execute();
    const failed = query.catch((error: unknown) => error);
    await new Promise((resolve) => setTimeout(resolve, 200));
    query.cancel();
    return failed;
  }

  async nested(kept: number, taken: number, after: number): Promise<void> {
    await this.sql.begin(async (outer) => {
      await outer`INSERT INTO numbers VALUES (${kept})`;
      await outer.savepoint((inner) => inner`INSERT INTO numbers VALUES (${taken})`).catch(() => undefined);
      await outer`INSERT INTO numbers VALUES (${after})`;
    });
  }

  close(): Promise<void> {
    return this.sql.end({ timeout: 1 });
  }
}

export const POSTGRES_JS: Driver = {
  name: 'postgres',
  open: async (url) => new PostgresSession(postgres(url, { max: 1, onnotice: () => undefined })),
};
