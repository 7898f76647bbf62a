import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ServerFixture } from './support/server-fixture.ts';

let server: ServerFixture;
beforeAll(async () => {
  server = await ServerFixture.open();
});
afterAll(async () => {
  await server.close();
});

describe('the pg package', () => {
  it('connects, makes a table, inserts with parameters and reads back', async () => {
    const client = await server.pg();
    await client.query('CREATE TABLE people (id INT, name VARCHAR)');
    const inserted = await client.query('INSERT INTO people VALUES ($1, $2), (2, NULL)', [1, 'Grace']);
    expect([inserted.command, inserted.rowCount]).toEqual(['INSERT', 2]);
    const { rows, fields } = await client.query('SELECT id, name FROM people ORDER BY id');
    expect(rows).toEqual([
      { id: 1, name: 'Grace' },
      { id: 2, name: null },
    ]);
    expect(fields.map(({ dataTypeID }) => dataTypeID)).toEqual([23, 25]);
  });

  it('sends NULL for a parameter of any type, and the columns are those that were described', async () => {
    const client = await server.pg();
    const sql =
      "SELECT $1::text || 'x' AS t, coalesce($2::int, $3) AS n, $4::date AS d, $5::numeric(5,2) AS m";
    const { rows, fields } = await client.query(sql, [null, null, 7, null, null]);
    expect(rows).toEqual([{ t: null, n: 7, d: null, m: null }]);
    expect(fields.map(({ dataTypeID }) => dataTypeID)).toEqual([25, 23, 1082, 1700]);
  });

  it('sends parameters whose type only the other side of an operator tells', async () => {
    const client = await server.pg();
    await client.query('CREATE TABLE sums AS SELECT 40 AS a, 1.5::float8 AS f');
    const { rows } = await client.query('SELECT a + $1 AS a, f * $2 AS f, $3 AS t FROM sums', [2, 2, 'x']);
    expect(rows).toEqual([{ a: 42, f: 3, t: 'x' }]);
    const other = await client.query('SELECT f * $1 AS f FROM sums WHERE a + $2 < 0', [1.5, -5_000_000_000]);
    expect(other.rows).toEqual([{ f: 2.25 }]);
  });
});

describe('the postgres package', () => {
  it('connects and reads with parameters', async () => {
    const sql = server.postgres();
    expect(await sql`SELECT ${'x'}::text AS a, ${7}::int AS b`).toEqual([{ a: 'x', b: 7 }]);
  });
});
