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
});

describe('the postgres package', () => {
  it('connects and reads with parameters', async () => {
    const sql = server.postgres();
    expect(await sql`SELECT ${'x'}::text AS a, ${7}::int AS b`).toEqual([{ a: 'x', b: 7 }]);
  });
});
