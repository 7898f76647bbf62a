import { CompiledQuery, Kysely, Migrator, PostgresDialect, sql } from 'kysely';
import { Pool } from 'pg';
import Cursor from 'pg-cursor';
import { COLUMNS, type Driver, type DriverSession, type Row } from './driver.ts';
import { cancelBackend, withClient } from './pg-family.ts';

interface Tables {
  everything: Record<string, unknown>;
  numbers: { n: number };
}

async function up(db: Kysely<Tables>): Promise<void> {
  await db.schema
    .createTable('everything')
    .addColumn('id', 'serial', (column) => column.primaryKey())
    .addColumn('b', 'boolean')
    .addColumn('i2', 'int2')
    .addColumn('i4', 'integer')
    .addColumn('i8', 'bigint')
    .addColumn('f4', 'real')
    .addColumn('f8', 'double precision')
    .addColumn('n', 'numeric(12, 3)')
    .addColumn('t', 'text')
    .addColumn('v', 'varchar(20)')
    .addColumn('y', 'bytea')
    .addColumn('d', 'date')
    .addColumn('ti', 'time')
    .addColumn('ts', 'timestamp')
    .addColumn('tz', 'timestamptz')
    .addColumn('iv', sql`interval`)
    .addColumn('u', 'uuid')
    .addColumn('j', 'json')
    .addColumn('jb', 'jsonb')
    .addColumn('ia', sql`integer[]`)
    .addColumn('ta', sql`text[]`)
    .execute();
  await db.schema
    .createTable('numbers')
    .addColumn('n', 'integer', (column) => column.primaryKey())
    .execute();
}

/** Kysely and its migrator, which looks at the catalogue and takes an advisory lock. */
class KyselySession implements DriverSession {
  constructor(
    private readonly db: Kysely<Tables>,
    private readonly url: string,
  ) {}

  async migrate(): Promise<void> {
    const provider = { getMigrations: async () => ({ everything: { up } }) };
    const { error } = await new Migrator({ db: this.db, provider }).migrateToLatest();
    if (error !== undefined) throw error;
  }

  async insert(row: Row): Promise<void> {
    const values = Object.fromEntries(COLUMNS.map((name) => [name, row[name]]));
    await this.db.insertInto('everything').values(values).returning('id').executeTakeFirstOrThrow();
  }

  everything(): Promise<readonly Row[]> {
    return this.db.selectFrom('everything').selectAll().orderBy('id').execute();
  }

  async rows(text: string, parameters: readonly unknown[]): Promise<readonly Row[]> {
    return (await this.db.executeQuery<Row>(CompiledQuery.raw(text, [...parameters]))).rows;
  }

  async *pages(size: number): AsyncIterable<readonly number[]> {
    const page: number[] = [];
    for await (const { n } of this.db.selectFrom('numbers').select('n').orderBy('n').stream(size)) {
      page.push(n);
      if (page.length === size) yield page.splice(0);
    }
    if (page.length > 0) yield page;
  }

  cancel(text: string): Promise<unknown> {
    return this.db.connection().execute(async (db) => {
      const { pid } = (
        await db.executeQuery<{ pid: number }>(CompiledQuery.raw('SELECT pg_backend_pid() AS pid'))
      ).rows[0] ?? { pid: 0 };
      const failed = db.executeQuery(CompiledQuery.raw(text)).catch((error: unknown) => error);
      await withClient(this.url, (other) => cancelBackend(other, pid));
      return failed;
    });
  }

  async nested(kept: number, taken: number, after: number): Promise<void> {
    const outer = await this.db.startTransaction().execute();
    await outer.insertInto('numbers').values({ n: kept }).execute();
    const inner = await outer.savepoint('inner_step').execute();
    await inner
      .insertInto('numbers')
      .values({ n: taken })
      .execute()
      .catch(() => inner.rollbackToSavepoint('inner_step').execute());
    await outer.insertInto('numbers').values({ n: after }).execute();
    await outer.commit().execute();
  }

  close(): Promise<void> {
    return this.db.destroy();
  }
}

export const KYSELY: Driver = {
  name: 'kysely',
  async open(url) {
    const pool = new Pool({ connectionString: url, max: 2 });
    return new KyselySession(
      new Kysely<Tables>({ dialect: new PostgresDialect({ pool, cursor: Cursor }) }),
      url,
    );
  },
};
