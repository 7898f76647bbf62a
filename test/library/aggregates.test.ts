import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { packagePath } from '../../src/cli/package-folder.ts';
import { loadOperatorSet } from '../../src/operators/cascade/load-cascades.ts';
import type { OperatorSet } from '../../src/operators/cascade/operator-set.ts';
import type { EngineConnection } from '../../src/server/engine/engine-connection.ts';
import { EngineFixture } from '../support/engine-fixture.ts';
import { runSql } from './support/run-sql.ts';

let operators: OperatorSet;
let fixture: EngineFixture;
let connection: EngineConnection;

beforeAll(async () => {
  operators = await loadOperatorSet([packagePath('cascades')], 1);
  fixture = await EngineFixture.open(operators);
  connection = await fixture.connect();
  await connection.runInternal(
    `CREATE TABLE t AS SELECT i AS id, i % 2 AS g, CASE WHEN i = 5 THEN NULL ELSE 'text ' || i END AS body
     FROM range(8) r(i)`,
  );
});

afterAll(async () => {
  await connection.close();
  await fixture.close();
});

beforeEach(() => {
  fixture.calls.length = 0;
  fixture.judge = ({ cascade, inputs }) => {
    if (cascade.cascadeId === 'semantic_matches') return String(inputs.text) < String(inputs.criterion);
    const texts = (inputs.texts as string[]).map((text) => text.slice(5));
    const rest = Object.entries(inputs).filter(([name]) => name !== 'texts');
    const said = [texts.join('+'), ...rest.map(([, value]) => String(value))].join('|');
    if (cascade.cascadeId === 'semantic_sentiment_agg') return texts.length / 8;
    return ['themes', 'outliers', 'dedupe'].some((name) => cascade.cascadeId.endsWith(name)) ? [said] : said;
  };
});

const run = (sql: string, parameters: readonly string[] = []) =>
  runSql(fixture, connection, operators, sql, parameters);

describe('a semantic aggregate', () => {
  it.each([
    ['SUMMARIZE(body)', '0+2+4+6|what matters most', '1+3+7|what matters most'],
    ["summarize(body, 'price')", '0+2+4+6|price', '1+3+7|price'],
    ['CONSENSUS(body)', '0+2+4+6', '1+3+7'],
    ['THEMES(body, 3)', ['0+2+4+6|3'], ['1+3+7|3']],
    ["CLASSIFY_AGG(body, ['a', 'b'])", '0+2+4+6|a,b', '1+3+7|a,b'],
    ["BEST(body, 'c')", '0+2+4+6|c', '1+3+7|c'],
    ['OUTLIERS(body)', ['0+2+4+6|3'], ['1+3+7|3']],
    ['DEDUPE(body)', ['0+2+4+6'], ['1+3+7']],
    ['SENTIMENT_AGG(body)', 0.5, 0.375],
  ])('%s makes one call a group and leaves NULLs out', async (call, even, odd) => {
    const shown = typeof even === 'number' ? call : `to_json(${call})`;
    const value = (answer: unknown) => (typeof even === 'number' ? answer : JSON.stringify(answer));
    expect(await run(`SELECT g, ${shown} FROM t GROUP BY g ORDER BY g`)).toEqual([
      [0n, value(even)],
      [1n, value(odd)],
    ]);
    expect(fixture.calls).toHaveLength(2);
  });

  it('takes FILTER, ORDER BY and DISTINCT', async () => {
    expect(
      await run(
        `SELECT g, summarize(body, 'f' ORDER BY id DESC) FILTER (WHERE id > 1),
           summarize(DISTINCT body, 'f') FILTER (WHERE id < 3 OR body MEANS 'text 0') FROM t GROUP BY g ORDER BY g`,
      ),
    ).toEqual([
      [0n, '6+4+2|f', '0+2|f'],
      [1n, '7+3|f', '1|f'],
    ]);
  });

  it('works in HAVING, in ORDER BY, over a window and over no group at all', async () => {
    expect(await run(`SELECT g FROM t GROUP BY g HAVING consensus(body) = '1+3+7'`)).toEqual([[1n]]);
    expect(await run(`SELECT g FROM t GROUP BY g ORDER BY consensus(body) DESC`)).toEqual([[1n], [0n]]);
    expect(
      await run(
        `SELECT id, consensus(body) OVER (PARTITION BY g ORDER BY id) FROM t WHERE id < 4 ORDER BY id`,
      ),
    ).toEqual([
      [0n, '0'],
      [1n, '1'],
      [2n, '0+2'],
      [3n, '1+3'],
    ]);
    expect(await run('SELECT consensus(body) FROM t')).toEqual([['0+1+2+3+4+6+7']]);
    expect(await run('SELECT consensus(body) FROM t WHERE false')).toEqual([[null]]);
  });

  it('takes parameters, joins, common table expressions and INSERT … SELECT', async () => {
    expect(await run(`SELECT g, best(body, $1) FROM t GROUP BY g ORDER BY g`, ['x'])).toEqual([
      [0n, '0+2+4+6|x'],
      [1n, '1+3+7|x'],
    ]);
    expect(
      await run(
        `WITH s AS (SELECT g, consensus(body) AS c FROM t GROUP BY g)
         SELECT t.id, s.c FROM t JOIN s ON s.g = t.g WHERE t.id < 2 ORDER BY t.id`,
      ),
    ).toEqual([
      [0n, '0+2+4+6'],
      [1n, '1+3+7'],
    ]);
    await run('CREATE TABLE said AS SELECT g, consensus(body) AS c FROM t GROUP BY g');
    expect(await run('SELECT c FROM said ORDER BY g')).toEqual([['0+2+4+6'], ['1+3+7']]);
  });

  it('waits until the rows of its groups are known', async () => {
    expect(
      await run(`SELECT g, consensus(body) FROM t WHERE NOT (body MEANS 'text 2') GROUP BY g ORDER BY g`),
    ).toEqual([
      [0n, '2+4+6'],
      [1n, '3+7'],
    ]);
    expect(fixture.calls.filter(({ cascade }) => cascade.cascadeId === 'semantic_consensus')).toHaveLength(2);
  });

  it('feeds a scalar operator, and is fed by one', async () => {
    expect(await run(`SELECT g FROM t GROUP BY g HAVING consensus(body) MEANS '1'`)).toEqual([[0n]]);
  });

  it('leaves the statement SUMMARIZE alone', async () => {
    expect((await run('SUMMARIZE t')).length).toBe(3);
    expect((await run('SELECT column_name FROM (SUMMARIZE t) ORDER BY 1')).length).toBe(3);
  });
});
