import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { packagePath } from '../../src/cli/package-folder.ts';
import { loadOperatorSet } from '../../src/operators/cascade/load-cascades.ts';
import type { EngineConnection } from '../../src/server/engine/engine-connection.ts';
import { EngineFixture } from '../support/engine-fixture.ts';
import { runSql } from './support/run-sql.ts';

const operators = await loadOperatorSet([packagePath('cascades')], 1);
const TEXTS = ['bamboo toothbrush', 'quarterly tax return', 'wooden bicycle'];

let fixture: EngineFixture;
let connection: EngineConnection;

beforeAll(async () => {
  fixture = await EngineFixture.open(operators);
  connection = await fixture.connect();
  await connection.runInternal(
    `CREATE TABLE t AS SELECT * FROM (VALUES ${TEXTS.map((text, at) => `(${at + 1}, '${text}')`).join(', ')}) v(id, body)`,
  );
  await connection.runInternal('CREATE TABLE kept (id INTEGER, body VARCHAR)');
});

afterAll(async () => {
  await connection.close();
  await fixture.close();
});

const run = (sql: string, parameters: readonly string[] = []) =>
  runSql(fixture, connection, operators, sql, parameters);

/** Each finds the second text alone, or first. */
const FORMS = [
  ['a literal', "'tax return'"],
  ['an expression', "concat('tax', ' return')"],
  ['a column', '(SELECT body FROM t WHERE id = 2)'],
  ['a parameter', '$1'],
] as const;
const SEARCHES = ['VECTOR_SEARCH', 'KEYWORD_SEARCH', 'HYBRID_SEARCH'];
const USES = SEARCHES.flatMap((search) =>
  FORMS.map(([form, query]) => [`${search} of ${form}`, `${search}(${query}, t.body, 1)`] as const),
);

describe.each(USES)('%s', (_name, search) => {
  const rows = (sql: string) => run(sql, sql.includes('$1') ? ['tax return'] : []);

  it('stands in FROM, JOIN, a common table expression, a subquery and a set', async () => {
    expect(await rows(`SELECT id, score > 0 FROM ${search}`)).toEqual([[2, true]]);
    expect(
      await rows(
        `SELECT s.id FROM ${search} AS s WHERE s.score > 0 GROUP BY s.id HAVING count(*) = 1 ORDER BY s.id`,
      ),
    ).toEqual([[2]]);
    expect(
      await rows(`SELECT o.id, s.id FROM t o LEFT JOIN ${search} s ON s.id = o.id ORDER BY o.id`),
    ).toEqual([
      [1, null],
      [2, 2],
      [3, null],
    ]);
    expect(await rows(`SELECT o.id, s.body FROM t o, ${search} s WHERE o.id = 1`)).toEqual([[1, TEXTS[1]]]);
    expect(
      await rows(`WITH c AS (SELECT * FROM ${search}) SELECT CASE WHEN c.id = 2 THEN 'yes' END FROM c`),
    ).toEqual([['yes']]);
    expect(await rows(`SELECT o.body FROM t o WHERE o.id IN (SELECT id FROM ${search})`)).toEqual([
      [TEXTS[1]],
    ]);
    expect(await rows(`SELECT (SELECT body FROM ${search}), max(id) OVER () FROM t WHERE id = 3`)).toEqual([
      [TEXTS[1], 3],
    ]);
    expect(await rows(`SELECT id FROM ${search} UNION ALL SELECT 9 ORDER BY 1`)).toEqual([[2], [9]]);
  });

  it('feeds INSERT and UPDATE', async () => {
    await run('DELETE FROM kept');
    await rows(`INSERT INTO kept SELECT id, body FROM ${search}`);
    await rows(`UPDATE kept SET body = s.body || '!' FROM ${search} s WHERE s.id = kept.id`);
    expect(await run('SELECT * FROM kept')).toEqual([[2, `${TEXTS[1] ?? ''}!`]]);
  });
});
