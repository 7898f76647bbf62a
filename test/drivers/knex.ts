import knex, { type Knex } from 'knex';
import { type Driver, type DriverSession, type Row } from './driver.ts';

const MIGRATION = {
  async up(db: Knex): Promise<void> {
    await db.schema.createTable('everything', (table) => {
      table.increments('id');
      table.boolean('b');
      table.smallint('i2');
      table.integer('i4');
      table.bigInteger('i8');
      table.specificType('f4', 'real');
      table.double('f8');
      table.decimal('n', 12, 3);
      table.text('t');
      table.string('v', 20);
      table.binary('y');
      table.date('d');
      table.time('ti');
      table.timestamp('ts', { useTz: false });
      table.timestamp('tz');
      table.specificType('iv', 'interval');
      table.uuid('u');
      table.json('j');
      table.jsonb('jb');
      table.specificType('ia', 'integer[]');
      table.specificType('ta', 'text[]');
    });
    await db.schema.createTable('numbers', (table) => {
      table.integer('n').primary();
    });
  },
  async down(): Promise<void> {
    throw new Error('nobody goes back');
  },
};

/** knex and its migrations, with their lock. */
class KnexSession implements DriverSession {
  constructor(private readonly db: Knex) {}

  async migrate(): Promise<void> {
    await this.db.migrate.latest({
      migrationSource: {
        getMigrations: async () => ['1_everything'],
        getMigrationName: (name: string) => name,
        getMigration: async () => MIGRATION,
      },
    });
  }

  async insert(row: Row): Promise<void> {
    await this.db('everything').insert(row).returning('id');
  }

  everything(): Promise<readonly Row[]> {
    return this.db('everything').select<Row[]>('*').orderBy('id');
  }

  async rows(sql: string, parameters: readonly unknown[]): Promise<readonly Row[]> {
    const { rows } = await this.db.raw<{ rows: Row[] }>(sql.replace(/\$\d+/g, '?'), [
      ...parameters,
    ] as string[]);
    return rows;
  }

  async *pages(size: number): AsyncIterable<readonly number[]> {
    for (let offset = 0; ; offset += size) {
      const page = await this.db('numbers').orderBy('n').limit(size).offset(offset).pluck<number[]>('n');
      if (page.length === 0) return;
      yield page;
    }
  }

  async cancel(sql: string): Promise<unknown> {
    const { client } = this.db;
    const stopped: unknown[] = [];
    const connection = (await client.acquireConnection()) as NodeJS.EventEmitter;
    await client.releaseConnection(connection);
    try {
      await this.db.raw(sql).timeout(300, { cancel: true });
    } catch (error) {
      stopped.push(error);
    }
    const name = (stopped[0] as Error).name;
    return { code: name === 'KnexTimeoutError' ? '57014' : name };
  }

  async nested(kept: number, taken: number, after: number): Promise<void> {
    await this.db.transaction(async (outer) => {
      await outer('numbers').insert({ n: kept });
      await outer.transaction((inner) => inner('numbers').insert({ n: taken })).catch(() => undefined);
      await outer('numbers').insert({ n: after });
    });
  }

  close(): Promise<void> {
    return this.db.destroy();
  }
}

export const KNEX: Driver = {
  name: 'knex',
  open: async (url) =>
    new KnexSession(
      knex({ client: 'pg', connection: url, pool: { min: 0, max: 3 }, log: { warn: () => undefined } }),
    ),
};
