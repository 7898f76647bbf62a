import type { Client } from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { StubServer } from '../support/stub-server.ts';

/** Answers of a model that finds two topics. */
function replyTo(prompt: string): string {
  if (prompt.includes('You name the topics')) return '["first", "second"]';
  return prompt.includes('first, second') ? 'first' : 'true';
}

let server: StubServer;
let client: Client;

beforeAll(async () => {
  server = await StubServer.open(({ prompt }) => replyTo(prompt));
  client = await server.connect();
  await client.query(
    "CREATE TABLE t AS SELECT i AS id, 'text ' || (i % 5) AS d FROM generate_series(0, 19) g(i)",
  );
});

afterAll(async () => {
  await server.close();
});

interface Explanation {
  readonly to_pay: number;
  readonly requests: number;
  readonly cost_usd: number | null;
  readonly operators: readonly {
    readonly operator: string;
    readonly in_log: number;
    readonly tokens_in: number;
  }[];
}

async function explained(sql: string): Promise<Explanation> {
  const { rows } = await client.query<{ 'QUERY PLAN': string }>(`EXPLAIN (SEMANTIC, FORMAT JSON) ${sql}`);
  return (JSON.parse(rows[0]?.['QUERY PLAN'] ?? '[]') as [Explanation])[0];
}

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
  const { to_pay: toPay } = await explained(sql);
  expect(toPay).toBeGreaterThanOrEqual(atLeast);
  expect(toPay).toBeLessThanOrEqual(atLeast + 5);
  expect(server.stub.requests).toHaveLength(0);
});

it('prices a dimension before its labels are named, and afterwards finds all of it in the log', async () => {
  const sql = 'SELECT topics(d, 4), count(*) FROM t GROUP BY 1';
  const before = await explained(sql);
  expect(before).toMatchObject({ to_pay: 6, requests: 6 });
  expect(before.operators[0]?.tokens_in).toBeGreaterThan(6 * 50);
  expect(before.cost_usd).toBeGreaterThan(0);
  await client.query(sql);
  const after = await explained(sql);
  expect(after).toMatchObject({ to_pay: 0, requests: 0, cost_usd: 0 });
  expect(after.operators[0]).toMatchObject({ operator: 'topics', in_log: 6 });
});

it('counts the pairs that SEMANTIC DISTINCT would ask about', async () => {
  const sql = 'SELECT SEMANTIC DISTINCT d FROM t';
  const before = await explained(sql);
  expect(before.to_pay).toBeGreaterThan(1);
  expect(before.to_pay).toBeLessThanOrEqual(10);
  expect(before.cost_usd).toBeGreaterThan(0);
  await client.query(sql);
  expect(await explained(sql)).toMatchObject({ to_pay: 0, cost_usd: 0 });
});

it('prices the cells of a cascade that another calls', async () => {
  await client.query(`CREATE CASCADE AS $$
cascade_id: is_fruit
sql_function: { name: is_fruit, args: [{ name: text }], returns: BOOLEAN }
cells:
  - name: inner
    cascade: semantic_matches
    inputs: { text: '{{ input.text }}', criterion: 'a fruit' }
$$`);
  const called = await explained('SELECT is_fruit(d) FROM t');
  const direct = await explained("SELECT d MEANS 'a fruit' FROM t");
  expect(called.requests).toBe(5);
  expect(called.cost_usd).toBe(direct.cost_usd);
  expect(called.cost_usd).toBeGreaterThan(0);
});
