import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { EngineConnection } from '../../src/server/engine/engine-connection.ts';
import { EngineFixture, rowsOf } from '../support/engine-fixture.ts';
import { asSymbols, operators } from './operators.ts';

let fixture: EngineFixture;
let connection: EngineConnection;

beforeEach(async () => {
  fixture = await EngineFixture.open(operators);
  connection = await fixture.connect();
  await connection.runInternal(
    `CREATE TABLE t AS SELECT i AS id, 'text ' || i AS d, i % 10 AS m FROM range(2000) r(i)`,
  );
  await connection.runInternal(
    `CREATE TABLE u AS SELECT i * 100 AS id, 'other ' || i AS e FROM range(20) r(i)`,
  );
});

afterEach(async () => {
  await connection.close();
  await fixture.close();
});

const numberOf = (text: unknown): number => Number(String(text).split(' ').at(-1));

async function run(
  sql: string,
  parameters: readonly (string | number)[] = [],
): Promise<readonly (readonly unknown[])[]> {
  return rowsOf(connection, asSymbols(sql), fixture.scope(), parameters);
}

function asked(criterion?: string): number {
  return fixture.calls.filter(({ inputs }) => criterion === undefined || inputs.criterion === criterion)
    .length;
}

describe('guards', () => {
  it('ask only about rows that every cheap condition leaves', async () => {
    await run("SELECT count(*) FROM t WHERE d MEANS 'x' AND m * m = 9 AND length(d) = 8 AND id % 7 >= 0");
    expect(asked()).toBe(90);
  });

  it('ask about a row only where the semantic condition before it holds', async () => {
    fixture.judge = ({ inputs }) => numberOf(inputs.text) % 2 === 0;
    await run("SELECT count(*) FROM t WHERE id < 100 AND d MEANS 'x' AND d MEANS 'y'");
    expect([asked('x'), asked('y')]).toEqual([100, 50]);
  });

  it('stay above a selective join, in WHERE and in ON, with USING too', async () => {
    await run("SELECT count(*) FROM t JOIN u ON t.id = u.id WHERE t.d MEANS 'x'");
    expect(asked('x')).toBe(20);
    await run("SELECT count(*) FROM t JOIN u ON t.id = u.id AND t.d MEANS 'y'");
    expect(asked('y')).toBe(20);
    await run("SELECT count(*) FROM t JOIN u USING (id) WHERE t.d MEANS 'z'");
    expect(asked('z')).toBe(20);
  });

  it('hold back a condition beside a subquery', async () => {
    await run("SELECT count(*) FROM t WHERE d MEANS 'x' AND id IN (SELECT id FROM u)");
    expect(asked()).toBe(20);
  });

  it('work in HAVING and in FILTER', async () => {
    await run(
      "SELECT m, count(*) FILTER (WHERE id < 50 AND d MEANS 'x') FROM t GROUP BY m HAVING m = 3 AND max(d) MEANS 'y'",
    );
    expect([asked('x'), asked('y')]).toEqual([5, 1]);
  });

  it('hold in UPDATE and DELETE', async () => {
    const sql = asSymbols("DELETE FROM t WHERE id < 10 AND d MEANS 'x'");
    const form = asSymbols("SELECT 1 FROM t WHERE id < 10 AND d MEANS 'x'");
    const rows = await connection.run({ sql, selectForms: [form], changesData: true }, [], fixture.scope());
    expect(rows.rowsChanged).toBe(10);
    expect(asked()).toBe(10);
  });
});

describe('a statement that changes data', () => {
  it('walks too, and changes what the walk found', async () => {
    await connection.runInternal('CREATE TABLE kept (id BIGINT)');
    fixture.judge = ({ inputs }) => numberOf(inputs.text) % 2 === 0;
    const form = asSymbols("SELECT id FROM t WHERE d MEANS 'x' ORDER BY id LIMIT 5");
    const statement = { sql: `INSERT INTO kept ${form}`, selectForms: [form], changesData: true };
    expect((await connection.run(statement, [], fixture.scope())).rowsChanged).toBe(5);
    expect(await connection.runInternal('SELECT sum(id) FROM kept')).toEqual([[20n]]);
    expect(asked()).toBeLessThanOrEqual(21);
  });
});

describe('the order of semantic conditions', () => {
  it('is the one that judges least, as far as earlier answers tell', async () => {
    fixture.judge = ({ inputs }) => inputs.criterion === 'common' || numberOf(inputs.text) % 10 === 0;
    const sql = "SELECT count(*) FROM t WHERE d MEANS 'common' AND d MEANS 'rare' AND id BETWEEN";
    await run(`${sql} 0 AND 49`);
    expect([asked('common'), asked('rare')]).toEqual([50, 50]);
    await run(`${sql} 50 AND 99`);
    expect([asked('common'), asked('rare')]).toEqual([55, 100]);
  });
});

describe('short circuits', () => {
  it('ask for no branch of CASE before its condition is known', async () => {
    fixture.judge = ({ cascade, inputs }) =>
      cascade.cascadeId === 'summarise' ? 's' : numberOf(inputs.text) < 10;
    await run(
      "SELECT CASE WHEN d MEANS 'x' THEN summarise(d) WHEN d MEANS 'y' THEN 'b' ELSE 'c' END FROM t WHERE id < 30",
    );
    expect([asked('x'), asked('y'), asked() - asked('x') - asked('y')]).toEqual([30, 20, 10]);
  });

  it('ask for the rest of an OR only where the first is not true, of COALESCE where it is NULL', async () => {
    fixture.judge = ({ cascade, inputs }) =>
      cascade.cascadeId === 'summarise'
        ? numberOf(inputs.text) < 5
          ? null
          : 's'
        : numberOf(inputs.text) < 10;
    await run("SELECT count(*) FROM t WHERE id < 30 AND (d MEANS 'x' OR d MEANS 'y')");
    expect([asked('x'), asked('y')]).toEqual([30, 20]);
    fixture.calls.length = 0;
    await run("SELECT coalesce(summarise(d), summarise('e' || d)) FROM t WHERE id < 30");
    expect(asked()).toBe(35);
  });

  it('ask nothing where a cheap branch decides', async () => {
    await run(
      "SELECT CASE WHEN id >= 0 THEN 'a' WHEN d MEANS 'x' THEN 'b' END, id >= 0 OR d MEANS 'x', id < 0 AND d MEANS 'x', coalesce(d, summarise(d)), if(id < 0, summarise(d), '') FROM t",
    );
    expect(asked()).toBe(0);
  });

  it('wait for the answer in IS NULL and IS DISTINCT FROM', async () => {
    const rows = await run(
      "SELECT count(*) FROM t WHERE id < 5 AND (d MEANS 'x' IS NULL AND d MEANS 'y' OR d MEANS 'x' IS DISTINCT FROM true AND d MEANS 'z')",
    );
    expect(rows).toEqual([[0n]]);
    expect([asked('x'), asked('y'), asked('z')]).toEqual([5, 0, 0]);
  });

  it('settle a subquery before the rows that it lets through, with NOT IN too', async () => {
    fixture.judge = ({ inputs }) => numberOf(inputs.text) < 10;
    const inner = "SELECT id FROM u WHERE e MEANS 'x'";
    await run(`SELECT count(*) FROM t WHERE d MEANS 'y' AND id IN (${inner})`);
    expect([asked('x'), asked('y')]).toEqual([20, 10]);
    await run(
      `WITH u AS (SELECT * FROM u WHERE id < 500) SELECT count(*) FROM t WHERE id < 10 AND id NOT IN (${inner}) AND d MEANS 'z'`,
    );
    expect([asked('x'), asked('z')]).toEqual([20, 9]);
  });

  it('leave the names of the columns as they are', async () => {
    const sql = asSymbols(
      "SELECT id < 3 AND d MEANS 'x', CASE WHEN d MEANS 'x' THEN summarise(d) END FROM t LIMIT 1",
    );
    const described = await connection.describe(sql);
    const rows = await connection.run({ sql, selectForms: [], changesData: false }, [], fixture.scope());
    expect(rows.columns.map(({ name }) => name)).toEqual(described.columns.map(({ name }) => name));
    await rows.close();
  });

  it('ask about the nested value, not about a stand-in for it', async () => {
    fixture.judge = ({ inputs }) => `${String(inputs.text)}!`;
    await run("SELECT summarise(coalesce(summarise(d), 'nothing')) FROM t WHERE id = 7");
    expect(fixture.calls.map(({ inputs }) => inputs.text)).toEqual(['text 7', 'text 7!']);
  });
});

describe('LIMIT', () => {
  it('judges at most 16 of 2,000 rows for 5 at 70 %', async () => {
    fixture.judge = ({ inputs }) => (numberOf(inputs.text) * 7919) % 10 < 7;
    const rows = await run("SELECT id FROM t WHERE d MEANS 'x' LIMIT 5");
    expect(rows).toHaveLength(5);
    expect(asked()).toBeLessThanOrEqual(16);
  });

  it('judges at most 1.3 times the rows of a scan in order at 1 %', async () => {
    fixture.judge = async ({ inputs }) => {
      await new Promise((resolve) => setTimeout(resolve, 5));
      return numberOf(inputs.text) % 100 === 99;
    };
    const rows = await run("SELECT id FROM t WHERE d MEANS 'x' LIMIT 5");
    expect(rows).toHaveLength(5);
    expect(asked()).toBeLessThanOrEqual(650);
  });

  it('judges a call in the SELECT list only for the rows returned', async () => {
    fixture.judge = ({ cascade }) => (cascade.cascadeId === 'summarise' ? 's' : true);
    await run('SELECT summarise(d) FROM t WHERE m = 3 LIMIT 5');
    expect(asked()).toBe(5);
    await run("SELECT summarise(d), * FROM t WHERE m = 4 AND d MEANS 'x' LIMIT 5 OFFSET 2");
    expect([asked(), asked('x')]).toEqual([5 + 5 + 18, 18]);
  });

  it('walks a cheap key in order', async () => {
    fixture.judge = ({ inputs }) => numberOf(inputs.text) % 10 === 0;
    const rows = await run("SELECT id FROM t WHERE d MEANS 'x' ORDER BY id DESC LIMIT 5");
    expect(rows.map(([id]) => Number(id))).toEqual([1990, 1980, 1970, 1960, 1950]);
    expect(asked()).toBeLessThanOrEqual(65);
  });

  it('reads LIMIT and OFFSET from parameters', async () => {
    fixture.judge = ({ inputs }) => numberOf(inputs.text) % 2 === 0;
    const rows = await run('SELECT id FROM t WHERE d MEANS $2 ORDER BY id LIMIT $1 OFFSET $3', [3, 'x', 2]);
    expect(rows.map(([id]) => Number(id))).toEqual([4, 6, 8]);
    expect(asked()).toBeLessThanOrEqual(21);
  });

  it('gives all rows there are where they are fewer', async () => {
    fixture.judge = ({ inputs }) => numberOf(inputs.text) < 3;
    expect(await run("SELECT id FROM t WHERE d MEANS 'x' AND id < 50 LIMIT 5")).toHaveLength(3);
    expect(asked()).toBe(50);
  });

  it('walks in subqueries, common tables and EXISTS', async () => {
    await run("SELECT count(*) FROM (SELECT * FROM t WHERE d MEANS 'x' LIMIT 5) q");
    expect(asked('x')).toBe(16);
    await run("WITH c AS (SELECT * FROM t WHERE d MEANS 'y' ORDER BY id LIMIT 5) SELECT count(*) FROM c");
    expect(asked('y')).toBe(16);
    expect(await run("SELECT 1 WHERE EXISTS (SELECT 1 FROM t WHERE d MEANS 'z')")).toEqual([[1]]);
    expect(asked('z')).toBeLessThanOrEqual(4);
  });

  it('does not stop early below a blocking operator', async () => {
    await run("SELECT m, count(*) FROM t WHERE d MEANS 'x' GROUP BY m LIMIT 2");
    expect(asked()).toBe(2000);
  });
});

describe('a predicate that stands in several clauses', () => {
  it('is one call a distinct value', async () => {
    const sql =
      "SELECT d MEANS 'x' AS v, count(*) FROM t WHERE d MEANS 'x' AND id < 100 GROUP BY d, d MEANS 'x' HAVING d MEANS 'x' ORDER BY d MEANS 'x', d";
    expect(await run(sql)).toHaveLength(100);
    expect(asked()).toBe(100);
  });
});

describe('semantic joins', () => {
  it('judge identical pairs once', async () => {
    await connection.runInternal("CREATE TABLE p AS SELECT 'left ' || (i % 4) AS d FROM range(40) r(i)");
    await connection.runInternal("CREATE TABLE q AS SELECT 'right ' || (i % 5) AS d FROM range(50) r(i)");
    expect(await run('SELECT count(*) FROM p JOIN q ON p.d MEANS q.d')).toEqual([[2000n]]);
    expect(asked()).toBe(20);
  });

  it('take a cheap condition first', async () => {
    await run('SELECT count(*) FROM t, u WHERE t.d MEANS u.e AND t.id = u.id');
    expect(asked()).toBe(20);
  });

  it('are one call a value of each side where each side alone is asked about', async () => {
    await connection.runInternal(
      "CREATE TABLE r AS SELECT i AS id, 'review ' || (i % 128) AS d FROM range(256) r(i)",
    );
    fixture.judge = ({ inputs }) => numberOf(inputs.text) % 2 === 0;
    const both = "SELECT count(*) FROM r a JOIN r b ON a.d MEANS 'positive' AND b.d MEANS 'positive'";
    expect(await run(both)).toEqual([[16384n]]);
    expect(asked()).toBe(128);
    const same =
      "SELECT count(*) FROM r a, r b WHERE (a.d MEANS 'good') = (b.d MEANS 'good') AND a.id < b.id";
    expect(await run(same)).toEqual([[16256n]]);
    expect(asked('good')).toBe(128);
  });

  it('are refused before the first call where they are too many, and say how many they are', async () => {
    const refused = run('SELECT count(*) FROM t JOIN u ON t.d MEANS u.e');
    await expect(refused).rejects.toMatchObject({
      code: '54000',
      message:
        'semantic_matches would judge 40000 pairs (2000 × 20 distinct values); rvbbit.max_pairs allows 10000',
    });
    expect(asked()).toBe(0);
    const some = asSymbols('SELECT count(*) FROM t JOIN u ON t.d MEANS u.e WHERE t.id < 50');
    await rowsOf(connection, some, fixture.scope({ maxPairs: 1000 }));
    expect(asked()).toBe(1000);
    // What is known costs nothing and counts for nothing.
    await rowsOf(connection, some, fixture.scope({ maxPairs: 10 }));
    expect(asked()).toBe(1000);
  });
});
