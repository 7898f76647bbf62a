import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { packagePath } from '../../src/cli/package-folder.ts';
import { loadOperatorSet } from '../../src/operators/cascade/load-cascades.ts';
import type { OperatorSet } from '../../src/operators/cascade/operator-set.ts';
import type { EngineConnection } from '../../src/server/engine/engine-connection.ts';
import { rewriteSemanticSyntax } from '../../src/operators/lexer/semantic-syntax.ts';
import { EngineFixture, rowsOf } from '../support/engine-fixture.ts';
import { runSql } from './support/run-sql.ts';

let operators: OperatorSet;
let fixture: EngineFixture;
let connection: EngineConnection;

beforeAll(async () => {
  operators = await loadOperatorSet([packagePath('cascades')], 1);
  fixture = await EngineFixture.open(operators);
  connection = await fixture.connect();
  await connection.runInternal(
    `CREATE TABLE goods AS SELECT * FROM (VALUES (1, 'bamboo toothbrush'), (2, 'electric drill'), (3, NULL),
       (4, 'wooden toothbrush for children'), (5, 'cordless screwdriver and drill, a drill'), (6, 'qqqxz')) v(id, name)`,
  );
  await connection.runInternal(
    "CREATE TABLE tools AS SELECT * FROM (VALUES ('electric drill'), ('drilling machine'), ('tax return')) v(title)",
  );
});

afterAll(async () => {
  await connection.close();
  await fixture.close();
});

beforeEach(() => {
  fixture.calls.length = 0;
});

const run = (sql: string, parameters: readonly string[] = []) =>
  runSql(fixture, connection, operators, sql, parameters);

describe('VECTOR_SEARCH', () => {
  it('gives the rows of a table that are nearest to a text, best first', async () => {
    const rows = await run(
      "SELECT id, score > 0.3 FROM VECTOR_SEARCH('toothbrush', goods.name, 2) ORDER BY id",
    );
    expect(rows).toEqual([
      [1, true],
      [4, true],
    ]);
  });

  it('takes a least score, an alias, a join, a parameter and a column of vectors', async () => {
    expect(
      await run('SELECT v.id FROM vector_search($1, goods.name, 5, 0.99) v', ['electric drill']),
    ).toEqual([[2]]);
    await run('CREATE OR REPLACE TABLE vectors AS SELECT id, embed(name) AS v FROM goods');
    expect(
      await run(
        `SELECT g.name FROM vector_search('electric drill', main.vectors."v", 1) JOIN goods g USING (id) WHERE vector_search.score > 0`,
      ),
    ).toEqual([['electric drill']]);
    expect(fixture.calls).toEqual([]);
  });

  it('says how it is written', async () => {
    await expect(run("SELECT * FROM vector_search('x', goods, 5)")).rejects.toMatchObject({ code: '42601' });
  });

  it('leaves columns and functions of that name alone', async () => {
    expect(await run('SELECT vector_search FROM (SELECT 1 AS vector_search)')).toEqual([[1]]);
  });
});

describe('KEYWORD_SEARCH and HYBRID_SEARCH', () => {
  it('ranks by the words of the query, rare ones first', async () => {
    expect(await run("SELECT id FROM KEYWORD_SEARCH('Drill for', goods.name, 5)")).toEqual([[4], [2], [5]]);
    expect(await run("SELECT id FROM KEYWORD_SEARCH('nothing', goods.name, 5)")).toEqual([]);
  });

  it('fuses both rankings', async () => {
    const rows = await run(
      "SELECT id, score, vector_score, keyword_score FROM HYBRID_SEARCH('electric drill', goods.name, 2)",
    );
    expect(rows.map(([id]) => id)).toEqual([2, 5]);
    expect(rows[0]?.[1]).toBeCloseTo(2 / 61);
  });
});

describe('SEMANTIC_CASE', () => {
  it('chooses among all conditions in one call a value', async () => {
    fixture.judge = ({ inputs }) =>
      String(inputs.text).includes('drill') ? 'a tool' : (inputs.descriptions as string[]).at(-1);
    const rows = await run(
      `SELECT id, SEMANTIC_CASE name WHEN SEMANTIC 'a tool' THEN 'T' || CASE WHEN id > 2 THEN '+' ELSE '' END
         WHEN SEMANTIC 'for children' THEN 'C' ELSE 'other' END FROM goods ORDER BY id`,
    );
    expect(rows).toEqual([
      [1, 'other'],
      [2, 'T'],
      [3, 'other'],
      [4, 'other'],
      [5, 'T+'],
      [6, 'other'],
    ]);
    expect(fixture.calls).toHaveLength(5);
    expect(fixture.calls[0]?.inputs.descriptions).toEqual(['a tool', 'for children', 'none of these']);
  });

  it('works in WHERE and GROUP BY, within another, and refuses a WHEN without SEMANTIC', async () => {
    fixture.judge = ({ inputs }) => (inputs.descriptions as string[])[String(inputs.text).length % 2];
    const inner = "SEMANTIC_CASE name WHEN SEMANTIC 'a' THEN 1 WHEN SEMANTIC 'b' THEN 2 END";
    expect(
      await run(`SELECT ${inner} AS k, count(*) FROM goods WHERE ${inner} > 0 GROUP BY k ORDER BY k`),
    ).toEqual([
      [1, 2n],
      [2, 3n],
    ]);
    expect(
      await run(
        `SELECT SEMANTIC_CASE name WHEN SEMANTIC 'x' THEN ${inner} ELSE 0 END FROM goods WHERE id = 2`,
      ),
    ).toEqual([[1]]);
    await expect(run("SELECT SEMANTIC_CASE name WHEN 'a' THEN 1 END FROM goods")).rejects.toMatchObject({
      code: '42601',
    });
  });
});

describe('SEMANTIC DISTINCT', () => {
  beforeAll(async () => {
    await run(`CREATE TABLE firms AS SELECT * FROM (VALUES (1, 'Acme Corporation', 'Oslo'), (2, 'ACME CORPORATION', 'oslo'),
      (3, 'Acme Corporation Ltd', 'Oslo'), (4, 'Zenith Electric', 'Rome'), (5, NULL, 'Rome'), (6, 'Zenith electric company', 'Oslo'))
      v(id, name, city)`);
  });
  beforeEach(() => {
    fixture.judge = ({ inputs }) => String(inputs.text).slice(0, 4) === String(inputs.other).slice(0, 4);
  });

  it('gives one text for all that mean the same, asks about near pairs only, and never about spellings', async () => {
    expect(await run('SELECT SEMANTIC DISTINCT name FROM firms ORDER BY name')).toEqual([
      ['Acme Corporation Ltd'],
      ['Zenith electric company'],
      [null],
    ]);
    expect(fixture.calls.length).toBeLessThanOrEqual(4);
    const asked = fixture.calls.map(({ inputs }) => [inputs.text, inputs.other].join('|').toLowerCase());
    expect(asked.some((pair) => pair === 'acme corporation|acme corporation')).toBe(false);
    fixture.calls.length = 0;
    await run('SELECT count(*) FROM (SELECT SEMANTIC DISTINCT name FROM firms) f');
    expect(fixture.calls).toEqual([]);
  });

  it('takes several columns, aliases, DISTINCT ON, aggregates, other types and common table expressions', async () => {
    expect(await run('SELECT SEMANTIC DISTINCT f.name, city AS town FROM firms f ORDER BY 1, 2')).toEqual([
      ['Acme Corporation Ltd', 'Oslo'],
      ['Zenith electric company', 'Oslo'],
      ['Zenith electric company', 'Rome'],
      [null, 'Rome'],
    ]);
    expect(await run('SELECT SEMANTIC DISTINCT ON (name) id, name FROM firms ORDER BY id')).toEqual([
      [1, 'Acme Corporation'],
      [4, 'Zenith Electric'],
      [5, null],
    ]);
    expect(await run('SELECT count(SEMANTIC DISTINCT name), count(DISTINCT name) FROM firms')).toEqual([
      [2n, 5n],
    ]);
    expect(
      await run('WITH c AS (SELECT SEMANTIC DISTINCT id % 2 AS odd, city FROM firms) SELECT count(*) FROM c'),
    ).toEqual([[4n]]);
    expect(await run('SELECT SEMANTIC DISTINCT lower(city) FROM firms WHERE id < 4')).toEqual([['oslo']]);
    await run('CREATE TABLE kept AS SELECT SEMANTIC DISTINCT name FROM firms WHERE id > 3');
    expect(await run('SELECT count(*) FROM kept')).toEqual([[2n]]);
  });

  it('is canonical(x) by another name, with a least similarity', async () => {
    expect(await run('SELECT canonical(name, 1), count(*) FROM firms GROUP BY 1 ORDER BY 2, 1')).toHaveLength(
      5,
    );
    expect(fixture.calls).toEqual([]);
    await expect(run('SELECT canonical(name, 2) FROM firms')).rejects.toMatchObject({ code: '22023' });
    await expect(run('SELECT SEMANTIC DISTINCT FROM firms')).rejects.toMatchObject({ code: '42601' });
  });

  it('stops before it asks about more pairs than it may', async () => {
    await run("CREATE TABLE many AS SELECT 'report number ' || i AS title FROM range(200) r(i)");
    const { sql } = rewriteSemanticSyntax('SELECT SEMANTIC DISTINCT title FROM many', operators);
    const limited = fixture.scope({ maxPairs: 20 });
    await expect(rowsOf(connection, sql, limited)).rejects.toMatchObject({ code: '54000' });
    expect(fixture.calls).toEqual([]);
  });

  it('leaves columns and tables of that name alone', async () => {
    expect(await run('SELECT semantic FROM (SELECT DISTINCT 1 AS semantic)')).toEqual([[1]]);
  });
});

describe('SEMANTIC JOIN', () => {
  it('asks about every pair, and never about equal ones', async () => {
    fixture.judge = ({ inputs }) =>
      String(inputs.text).includes('drill') && String(inputs.other).includes('drill');
    const rows = await run(
      'SELECT g.id, t.title FROM goods g SEMANTIC JOIN tools t ON g.name ~ t.title AND g.id < 5 ORDER BY 1, 2',
    );
    expect(rows).toEqual([
      [2, 'drilling machine'],
      [2, 'electric drill'],
    ]);
    expect(fixture.calls).toHaveLength(3 * 3 - 1);
    expect(fixture.calls.some(({ inputs }) => inputs.text === inputs.other)).toBe(false);
  });

  it('works as LEFT JOIN, remembers what was asked, and says what it lacks', async () => {
    fixture.judge = () => false;
    expect(
      await run(
        'SELECT g.id, t.title FROM goods g LEFT SEMANTIC JOIN tools t ON (g.name ~ t.title) WHERE g.id < 3 ORDER BY 1, 2',
      ),
    ).toEqual([
      [1, null],
      [2, 'drilling machine'],
      [2, 'electric drill'],
    ]);
    expect(fixture.calls).toEqual([]);
    await expect(run('SELECT 1 FROM goods SEMANTIC JOIN tools ON true')).rejects.toMatchObject({
      code: '42601',
    });
    expect(await run("SELECT 'a' ~ 'a' FROM goods JOIN tools ON true LIMIT 1")).toEqual([[true]]);
  });
});
