import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { EngineFixture, rowsOf } from '../support/engine-fixture.ts';
import { operatorOf, operatorSetOf } from '../support/operator-fixture.ts';
import type { CellDatabase } from '../../src/operators/runner/cell-database.ts';

let fixture: EngineFixture;
let database: CellDatabase;

beforeAll(async () => {
  fixture = await EngineFixture.open(operatorSetOf([operatorOf({ name: 'semantic_x', keyword: 'XMEANS' })]));
  const connection = await fixture.connect();
  await connection.runInternal(
    "CREATE TABLE goods AS SELECT i AS id, 'good ' || i AS name FROM range(500) r(i)",
  );
  await connection.runInternal('CREATE VIEW few AS SELECT * FROM goods WHERE id < 3');
  await connection.runInternal("CREATE MACRO outside() AS TABLE SELECT * FROM read_text('/etc/hostname')");
  await connection.runInternal('CREATE SEQUENCE counted');
  await connection.close();
  database = (await fixture.databases.open('default')).queries;
});

afterAll(() => fixture.close());

const rows = (
  sql: string,
  values: Readonly<Record<string, unknown>> = {},
  maxRows = 10,
  timeoutMs = 10_000,
) => database.rows({ sql, values, maxRows, timeoutMs }, new AbortController().signal);

describe('a query of a cell', () => {
  it('gives rows as JSON, with values of every kind bound by name', async () => {
    expect(await rows('SELECT id, name FROM goods WHERE id = $id', { id: 7 })).toEqual([
      { id: 7, name: 'good 7' },
    ]);
    expect(
      await rows('SELECT $t AS t, $n AS n, $b AS b, len($l) AS l, $o AS o', {
        t: "it's; DROP TABLE goods",
        n: 1.5,
        b: true,
        l: ['a', 'b'],
        o: null,
      }),
    ).toEqual([{ t: "it's; DROP TABLE goods", n: 1.5, b: true, l: 2, o: null }]);
    expect(
      await rows('WITH f AS (SELECT * FROM few) SELECT max(id) AS cell FROM f, range(2); -- end\n'),
    ).toEqual([{ cell: 2 }]);
  });

  it('reads no more rows than it may', async () => {
    expect(await rows('SELECT * FROM goods ORDER BY id', {}, 3)).toHaveLength(3);
  });

  it.each([
    ["SELECT * FROM read_text('/etc/hostname')", '42501'],
    ["SELECT * FROM '/etc/hostname.csv'", '42501'],
    ["SELECT (SELECT content FROM read_text('/etc/hostname'))", '42501'],
    ["WITH a AS (SELECT * FROM read_csv('/etc/hostname')) SELECT * FROM a", '42501'],
    ['SELECT * FROM outside()', '42501'],
    ["SELECT getenv('HOME')", '42501'],
    ["SELECT * FROM query('SELECT 1')", '42501'],
    ["SELECT nextval('counted')", '42501'],
    ['DROP TABLE goods', '42501'],
    ['SELECT 1; DROP TABLE goods', '42501'],
    ['INSERT INTO goods VALUES (1)', '42501'],
    ["COPY goods TO '/tmp/rvbbit-never.csv'", '42501'],
    ['SUMMARIZE goods', '42501'],
    ['SELECT * FROM duckdb_settings()', '42501'],
    ["SELECT semantic_x(name, 'c') FROM goods", '42501'],
    ['SELEC 1', '42601'],
    ['SELECT nothing FROM goods', '42703'],
  ])('refuses %s', async (sql, code) => {
    await expect(rows(sql)).rejects.toMatchObject({ code });
    const connection = await fixture.connect();
    expect(await rowsOf(connection, 'SELECT count(*) FROM goods', fixture.scope())).toEqual([[500n]]);
    await connection.close();
  });

  it('ends at its time, and with its statement', async () => {
    const long = 'SELECT count(*) FROM range(1000000) a, range(1000000) b';
    await expect(rows(long, {}, 1, 50)).rejects.toMatchObject({ code: '57014' });
    const controller = new AbortController();
    const running = database.rows(
      { sql: long, values: {}, maxRows: 1, timeoutMs: 60_000 },
      controller.signal,
    );
    setTimeout(() => controller.abort(new Error('the statement has ended')), 50);
    await expect(running).rejects.toThrow('the statement has ended');
  });
});
