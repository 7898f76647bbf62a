import type { DatabaseError } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { packagePath } from '../../src/cli/package-folder.ts';
import { loadOperatorSet } from '../../src/operators/cascade/load-cascades.ts';
import { Server, type TestClient } from '../acceptance/server-fixture.ts';
import { groupCalls } from './support/group-calls.ts';
import { answersRows, operatorCalls } from './support/operator-calls.ts';

const operators = await loadOperatorSet([packagePath('cascades')], 1);
const AGGREGATES = groupCalls(operators);
const FUNCTIONS = [...operators.operators.values()].map(({ sql }) => sql).filter(answersRows);
const SEARCHES = [
  "vector_search('a', t.body, 2)",
  "keyword_search('a', t.body, 2)",
  "hybrid_search('a', t.body, 2)",
  "ask_data('a')",
];

let server: Server;
let ada: TestClient;

beforeAll(async () => {
  server = await Server.open({ RVBBIT_MODEL: 'local' });
  ada = await server.connect();
  await ada.rows('CREATE TABLE t (id INTEGER, body VARCHAR)');
  await ada.rows("INSERT INTO t VALUES (1, 'a'), (2, 'b')");
});

afterAll(async () => server.close());

/** The error of a statement; a statement that has none is one. */
async function errorOf(sql: string): Promise<DatabaseError> {
  const rows = await ada.rows(sql).catch((error: unknown) => error);
  expect(rows, sql).toBeInstanceOf(Error);
  return rows as DatabaseError;
}

/** Places where a group has no meaning, and rows of their own have none. */
const PLACES: readonly (readonly [place: string, sql: (call: string) => string])[] = [
  ['WHERE', (call) => `SELECT t.id FROM t WHERE ${call} IS NULL`],
  ['GROUP BY', (call) => `SELECT count(*) FROM t GROUP BY ${call}`],
  ['JOIN ON', (call) => `SELECT o.id FROM t o JOIN t ON ${call} IS NULL`],
  ['UPDATE', (call) => `UPDATE t SET body = CAST(${call} AS VARCHAR)`],
];

describe.each(PLACES)('in %s', (_place, statement) => {
  it.each(AGGREGATES.map((call) => [call.name, call] as const))(
    'the aggregate %s is refused, with a way out',
    async (_name, { sql }) => {
      const { code, hint, message } = await errorOf(statement(sql('t.body')));
      expect([code, message]).toEqual(['42803', expect.stringContaining('not allowed in')]);
      expect(hint).toContain('in a subquery');
    },
  );

  it.each(SEARCHES)('%s, which gives rows, is refused with the form that has a meaning', async (call) => {
    const { code, hint, message } = await errorOf(statement(call));
    expect([code, message]).toEqual(['0A000', expect.stringContaining('gives rows, and stands in FROM')]);
    expect(hint).toContain('Write it as FROM');
  });
});

describe('in other places', () => {
  it.each(SEARCHES)('%s in SELECT is refused with the form that has a meaning', async (call) => {
    expect(await errorOf(`SELECT t.id, ${call} FROM t`)).toMatchObject({ code: '0A000' });
    expect(await errorOf(`SELECT ${call}`)).toMatchObject({ code: '0A000' });
  });

  it.each(AGGREGATES.map((call) => [call.name, call] as const))(
    'the aggregate %s is refused in FROM and within another',
    async (name, { sql }) => {
      expect(await errorOf(`SELECT * FROM "${name}"('a')`)).toMatchObject({
        code: '42803',
        hint: `Write it as FROM (SELECT ${name}(…) FROM …).`,
      });
      expect(await errorOf(`SELECT ${sql(sql('t.body'))} FROM t`)).toMatchObject({ code: '42803' });
    },
  );

  it.each(FUNCTIONS.map(({ name }) => name))('%s, which gives a value, is refused in FROM', async (name) => {
    expect(await errorOf(`SELECT * FROM ${name}('a', 'b', 'c', 'd', 'e', 'f')`)).toMatchObject({
      code: '42809',
      hint: `Write it as SELECT ${name}(…), or FROM (SELECT ${name}(…)).`,
    });
  });

  it.each(FUNCTIONS.map(({ name }) => name))(
    '%s of wrong arguments is refused with its own',
    async (name) => {
      const { code, hint } = await errorOf(`SELECT ${name}('a', 'b', 'c', 'd', 'e', 'f')`);
      expect([code, hint]).toEqual(['42883', expect.stringMatching(new RegExp(`^It is ${name}\\(`))]);
    },
  );

  it('a search says what its column may be', async () => {
    expect(await errorOf("SELECT * FROM VECTOR_SEARCH('a', t.id, 2)")).toMatchObject({ code: '42804' });
    expect(await errorOf("SELECT * FROM VECTOR_SEARCH('a', t.nope, 2)")).toMatchObject({ code: '42703' });
    expect(await errorOf("SELECT * FROM VECTOR_SEARCH('a', nope.body, 2)")).toMatchObject({ code: '42P01' });
    expect(await errorOf("SELECT * FROM VECTOR_SEARCH('a', body, 2)")).toMatchObject({ code: '42601' });
  });

  it('a name of a search stays a name', async () => {
    const sql = 'WITH a AS (SELECT 1), vector_search (x) AS (SELECT 2) SELECT x FROM vector_search';
    expect(await ada.rows(sql)).toEqual([{ x: 2 }]);
    expect(Object.keys((await ada.rows('SELECT consensus(body) OVER () FROM t'))[0] ?? {})).toEqual([
      'consensus',
    ]);
  });
});

it('refused statements ask nothing', async () => {
  expect(operatorCalls(operators).length).toBeGreaterThan(30);
  expect(
    await ada.rows("SELECT count(*)::int AS n FROM unified_logs WHERE cascade_id <> 'semantic_consensus'"),
  ).toEqual([{ n: 0 }]);
});
