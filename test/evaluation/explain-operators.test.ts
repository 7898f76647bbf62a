import type { Client } from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { StubServer } from '../support/stub-server.ts';

let server: StubServer;
let client: Client;

beforeAll(async () => {
  server = await StubServer.open(() => 'true');
  client = await server.connect();
  await client.query(
    "CREATE TABLE t AS SELECT i AS id, 'text ' || (i % 5) AS d FROM generate_series(0, 19) g(i)",
  );
});

afterAll(async () => {
  await server.close();
});

it.each([
  ['a filter', "SELECT * FROM t WHERE d MEANS 'x'", 5],
  ['a filter with LIMIT', "SELECT * FROM t WHERE d MEANS 'x' LIMIT 1", 1],
  ['a score', "SELECT d ABOUT 'x' FROM t", 5],
  ['an aggregate', 'SELECT summarize(d) FROM t', 1],
  ['a dimension', 'SELECT topics(d), count(*) FROM t GROUP BY 1', 6],
  ['an operator inside of another', "SELECT tldr(d) MEANS 'x' FROM t", 5],
  ['vectors, which cost nothing', 'SELECT count(embed(d)) FROM t', 0],
  ['a change of data', "UPDATE t SET d = 'y' WHERE d MEANS 'x'", 5],
])('EXPLAIN (SEMANTIC) goes through %s without a request', async (_what, sql, atLeast) => {
  const { rows } = await client.query<{ 'QUERY PLAN': string }>(`EXPLAIN (SEMANTIC, FORMAT JSON) ${sql}`);
  const [explanation] = JSON.parse(rows[0]?.['QUERY PLAN'] ?? '[]') as { to_pay: number }[];
  expect(explanation?.to_pay).toBeGreaterThanOrEqual(atLeast);
  expect(explanation?.to_pay).toBeLessThanOrEqual(atLeast + 5);
  expect(server.stub.requests).toHaveLength(0);
});
