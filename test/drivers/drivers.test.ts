import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { from as copyFrom, to as copyTo } from 'pg-copy-streams';
import { ServerFixture } from '../wire/support/server-fixture.ts';
import { COLUMNS, type Driver, type DriverSession, EVERYTHING, EVERYTHING_BACK, plainRow } from './driver.ts';
import { DRIZZLE } from './drizzle.ts';
import { KNEX } from './knex.ts';
import { KYSELY } from './kysely.ts';
import { PG, PG_CURSOR, PG_QUERY_STREAM } from './pg-family.ts';
import { POSTGRES_JS } from './postgres-js.ts';
import { SEQUELIZE } from './sequelize.ts';

const DRIVERS: readonly Driver[] = [
  PG,
  PG_CURSOR,
  PG_QUERY_STREAM,
  POSTGRES_JS,
  KNEX,
  KYSELY,
  DRIZZLE,
  SEQUELIZE,
];

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

let server: ServerFixture;
beforeAll(async () => {
  process.env['TZ'] = 'UTC';
  server = await ServerFixture.open();
});
afterAll(async () => {
  await server.close();
  expect(server.faults).toEqual([]);
});

for (const driver of DRIVERS) {
  describe(driver.name, () => {
    let session: DriverSession;
    beforeAll(async () => {
      const database = driver.name.replace('-', '_');
      session = await driver.open(`postgres://ada@127.0.0.1:${server.port}/${database}`);
    });
    afterAll(() => session.close());

    it('migrates a schema with its own mechanism, once', async () => {
      await session.migrate();
      await session.migrate();
    });

    it('inserts and reads back every type, and NULL of each', async () => {
      await session.insert(EVERYTHING);
      await session.insert(Object.fromEntries(COLUMNS.map((name) => [name, null])));
      const [row, nulls] = (await session.everything()).map(plainRow);
      expect(row).toEqual(EVERYTHING_BACK);
      expect(nulls).toEqual(Object.fromEntries(COLUMNS.map((name) => [name, null])));
    });

    it('pages through a result', async () => {
      await session.rows(
        'INSERT INTO numbers SELECT i FROM generate_series(1, 250) AS g(i) WHERE i <= $1',
        [250],
      );
      const pages: (readonly number[])[] = [];
      for await (const page of session.pages(100)) pages.push(page);
      expect(pages.map(({ length }) => length)).toEqual([100, 100, 50]);
      expect(pages.flat()).toEqual(Array.from({ length: 250 }, (_, at) => at + 1));
    });

    it('nests a transaction that fails within one that is kept', async () => {
      await session.nested(1001, 1, 1002);
      const kept = await session.rows('SELECT n FROM numbers WHERE n > $1 ORDER BY n', [1000]);
      expect(kept).toEqual([{ n: 1001 }, { n: 1002 }]);
    });

    it('stops a statement, and goes on', async () => {
      expect(await session.cancel('SELECT pg_sleep(30)')).toMatchObject({ code: '57014' });
      expect(await session.rows('SELECT $1::int AS n', [2])).toEqual([{ n: 2 }]);
    });

    it('judges by meaning, the criterion a parameter; no model is asked before the statement runs', async () => {
      const before = server.engine.calls.length;
      server.engine.judge = ({ inputs }) => inputs.criterion === driver.name && inputs.text !== 'plastic';
      await session.rows('CREATE TABLE goods AS SELECT unnest($1::text[]) AS d', [
        ['bamboo', 'plastic', 'bamboo'],
      ]);
      const rows = await session.rows('SELECT d FROM goods WHERE d MEANS $1 AND d <> $2', [driver.name, 'x']);
      expect(rows).toEqual([{ d: 'bamboo' }, { d: 'bamboo' }]);
      expect(server.engine.calls.length - before).toBe(2);
    });
  });
}

describe('pg-copy-streams', () => {
  it('carries a COPY in and out, and an error in the middle of one', async () => {
    const client = await server.pg({ database: 'pg_copy_streams' });
    await client.query('CREATE TABLE carried (id INT PRIMARY KEY, t TEXT)');
    const lines = Array.from({ length: 5000 }, (_, at) => `${at}\tline ${at}\n`);
    await pipeline(Readable.from(lines), client.query(copyFrom('COPY carried FROM STDIN')));
    const out: Buffer[] = [];
    for await (const bytes of client.query(copyTo('COPY (SELECT * FROM carried ORDER BY id) TO STDOUT')))
      out.push(bytes as Buffer);
    expect(Buffer.concat(out).toString()).toBe(lines.join(''));
    const twice = pipeline(Readable.from(['7\tagain\n']), client.query(copyFrom('COPY carried FROM STDIN')));
    await expect(twice).rejects.toMatchObject({ code: '23505' });
    expect((await client.query('SELECT count(*)::int AS n FROM carried')).rows).toEqual([{ n: 5000 }]);
  });
});
