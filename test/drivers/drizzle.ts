import { mkdtemp, rm, writeFile, mkdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { asc, sql } from 'drizzle-orm';
import { drizzle, type NodePgDatabase } from 'drizzle-orm/node-postgres';
import { migrate } from 'drizzle-orm/node-postgres/migrator';
import {
  bigint,
  boolean,
  customType,
  date,
  doublePrecision,
  integer,
  interval,
  json,
  jsonb,
  numeric,
  pgTable,
  real,
  serial,
  smallint,
  text,
  time,
  timestamp,
  uuid,
  varchar,
} from 'drizzle-orm/pg-core';
import { Pool } from 'pg';
import { type Driver, type DriverSession, EVERYTHING_DDL, NUMBERS_DDL, type Row } from './driver.ts';
import { cancelBackend, withClient } from './pg-family.ts';

const bytea = customType<{ data: Buffer }>({ dataType: () => 'bytea' });

const everything = pgTable('everything', {
  id: serial('id').primaryKey(),
  b: boolean('b'),
  i2: smallint('i2'),
  i4: integer('i4'),
  i8: bigint('i8', { mode: 'bigint' }),
  f4: real('f4'),
  f8: doublePrecision('f8'),
  n: numeric('n', { precision: 12, scale: 3 }),
  t: text('t'),
  v: varchar('v', { length: 20 }),
  y: bytea('y'),
  d: date('d'),
  ti: time('ti'),
  ts: timestamp('ts', { mode: 'string' }),
  tz: timestamp('tz', { mode: 'string', withTimezone: true }),
  iv: interval('iv'),
  u: uuid('u'),
  j: json('j'),
  jb: jsonb('jb'),
  ia: integer('ia').array(),
  ta: text('ta').array(),
});
const numbers = pgTable('numbers', { n: integer('n').primaryKey() });

/** Drizzle and its migrator, which keeps its record in a schema of its own. */
class DrizzleSession implements DriverSession {
  constructor(
    private readonly db: NodePgDatabase,
    private readonly pool: Pool,
    private readonly url: string,
  ) {}

  async migrate(): Promise<void> {
    const folder = await mkdtemp(join(tmpdir(), 'rvbbit-drizzle-'));
    const breakpoint = '--> statement-breakpoint';
    const entries = [{ idx: 0, version: '7', when: 1, tag: '0000_everything', breakpoints: true }];
    try {
      await mkdir(join(folder, 'meta'));
      await writeFile(join(folder, 'meta/_journal.json'), JSON.stringify({ version: '7', entries }));
      await writeFile(join(folder, '0000_everything.sql'), `${EVERYTHING_DDL};${breakpoint}${NUMBERS_DDL};`);
      await migrate(this.db, { migrationsFolder: folder });
    } finally {
      await rm(folder, { recursive: true });
    }
  }

  async insert(row: Row): Promise<void> {
    const i8 = row['i8'] === null ? null : BigInt(String(row['i8']));
    await this.db
      .insert(everything)
      .values({ ...row, i8 } as typeof everything.$inferInsert)
      .returning();
  }

  everything(): Promise<readonly Row[]> {
    return this.db.select().from(everything).orderBy(asc(everything.id));
  }

  async rows(statement: string, parameters: readonly unknown[]): Promise<readonly Row[]> {
    const [first = '', ...pieces] = statement.split(/\$\d+/);
    const query = pieces.reduce(
      (sum, piece, at) => sql`${sum}${sql.param(parameters[at])}${sql.raw(piece)}`,
      sql.raw(first),
    );
    return (await this.db.execute<Record<string, unknown>>(query)).rows;
  }

  async *pages(size: number): AsyncIterable<readonly number[]> {
    for (let offset = 0; ; offset += size) {
      const page = await this.db.select().from(numbers).orderBy(asc(numbers.n)).limit(size).offset(offset);
      if (page.length === 0) return;
      yield page.map(({ n }) => n);
    }
  }

  async cancel(statement: string): Promise<unknown> {
    const client = await this.pool.connect();
    try {
      const { rows } = await client.query<{ pid: number }>('SELECT pg_backend_pid() AS pid');
      const failed = drizzle(client)
        .execute(sql.raw(statement))
        .catch((error: unknown) => (error as Error).cause);
      await withClient(this.url, (other) => cancelBackend(other, rows[0]?.pid ?? 0));
      return await failed;
    } finally {
      client.release();
    }
  }

  async nested(kept: number, taken: number, after: number): Promise<void> {
    await this.db.transaction(async (outer) => {
      await outer.insert(numbers).values({ n: kept });
      await outer.transaction((inner) => inner.insert(numbers).values({ n: taken })).catch(() => undefined);
      await outer.insert(numbers).values({ n: after });
    });
  }

  close(): Promise<void> {
    return this.pool.end();
  }
}

export const DRIZZLE: Driver = {
  name: 'drizzle-orm',
  async open(url) {
    const pool = new Pool({ connectionString: url, max: 2 });
    return new DrizzleSession(drizzle(pool), pool, url);
  },
};
