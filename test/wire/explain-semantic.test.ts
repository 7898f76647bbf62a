import type { Client } from 'pg';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ServerFixture } from './support/server-fixture.ts';

let server: ServerFixture;
let client: Client;

beforeEach(async () => {
  server = await ServerFixture.open();
  client = await server.pg();
  await client.query(
    "CREATE TABLE t AS SELECT i AS id, 'text ' || (i % 10) AS d FROM generate_series(0, 99) g(i)",
  );
});

afterEach(async () => {
  await server.close();
});

const lines = async (sql: string, values: unknown[] = []): Promise<string[]> => {
  const { rows } = await client.query<{ 'QUERY PLAN': string }>(sql, values);
  return rows.map((row) => row['QUERY PLAN']);
};

describe('EXPLAIN (SEMANTIC) over the wire', () => {
  it('prints what a statement will take and makes no call', async () => {
    const text = await lines("EXPLAIN (SEMANTIC) SELECT * FROM t WHERE d MEANS 'x'");
    expect(text[0]).toBe('semantic_matches on scripted/test');
    expect(text[1]).toBe('  rows 100, distinct calls 10');
    expect(server.engine.calls).toHaveLength(0);
  });

  it('takes parameters', async () => {
    const text = await lines('EXPLAIN (SEMANTIC) SELECT * FROM t WHERE d MEANS $1 AND id < $2', ['x', 3]);
    expect(text[1]).toMatch(/distinct calls 3$/);
    expect(server.engine.calls).toHaveLength(0);
  });

  it('prints what happened with ANALYZE', async () => {
    const text = await lines("EXPLAIN (SEMANTIC, ANALYZE) SELECT * FROM t WHERE d MEANS 'x'");
    expect(text.slice(text.indexOf('What happened:'))[1]).toMatch(
      /semantic_matches: rows 100, distinct calls 10, from memory 0, from the log 0, from models 10,/,
    );
    expect(server.engine.calls).toHaveLength(10);
  });

  it('gives JSON', async () => {
    const [json = ''] = await lines("EXPLAIN (SEMANTIC, FORMAT JSON) DELETE FROM t WHERE d MEANS 'x'");
    expect(JSON.parse(json)).toMatchObject([{ to_pay: 10, requests: 10, happened: null }]);
    const { rows } = await client.query<{ count: string }>('SELECT count(*) FROM t');
    expect(rows[0]?.count).toBe('100');
  });

  it("leaves PostgreSQL's and DuckDB's EXPLAIN as they are", async () => {
    const { rows } = await client.query('EXPLAIN SELECT 1');
    expect(rows.length).toBeGreaterThan(0);
  });

  it('counts the place of an error in what was sent', async () => {
    const sql = 'EXPLAIN (SEMANTIC) SELECT nothing FROM t';
    await expect(client.query(sql)).rejects.toMatchObject({ code: '42703', position: '27' });
  });

  it('answers SET and SHOW of every setting', async () => {
    await client.query('SET rvbbit.batch_size = 16');
    expect((await client.query('SHOW rvbbit.batch_size')).rows).toEqual([{ 'rvbbit.batch_size': '16' }]);
    await expect(client.query("SET rvbbit.max_calls = 'many'")).rejects.toMatchObject({ code: '22023' });
  });
});
