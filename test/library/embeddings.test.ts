import { afterAll, beforeAll, describe, expect, it } from 'vitest';
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
    `CREATE TABLE goods AS SELECT * FROM (VALUES (1, 'bamboo toothbrush'), (2, 'electric drill'), (3, NULL),
       (4, 'wooden toothbrush'), (5, 'cordless screwdriver'), (6, 'qqqxz')) v(id, name)`,
  );
});

afterAll(async () => {
  await connection.close();
  await fixture.close();
});

const run = (sql: string, parameters: readonly string[] = []) =>
  runSql(fixture, connection, operators, sql, parameters);

describe('EMBED', () => {
  it('gives vectors of length 1, one a text, and asks no model', async () => {
    const rows = await run(
      'SELECT id, len(EMBED(name)), round(array_inner_product(embed(name), embed(name)), 3) FROM goods ORDER BY id',
    );
    expect(rows).toEqual([
      [1, 256n, 1],
      [2, 256n, 1],
      [3, null, null],
      [4, 256n, 1],
      [5, 256n, 1],
      [6, 256n, expect.any(Number)],
    ]);
    expect(fixture.calls).toEqual([]);
  });

  it('takes a parameter and an expression', async () => {
    expect(await run(`SELECT embed('saw') = embed($1), embed('s' || 'aw') = embed('saw')`, ['saw'])).toEqual([
      [true, true],
    ]);
  });

  it('can be kept in a table', async () => {
    await run('CREATE TABLE vectors AS SELECT id, embed(name) AS v FROM goods');
    expect(await run('SELECT id FROM vectors WHERE v = embed($1)', ['electric drill'])).toEqual([[2]]);
    await run("UPDATE vectors SET v = embed('saw') WHERE id = 2");
    expect(await run("SELECT id FROM vectors WHERE v = embed('saw')")).toEqual([[2]]);
  });
});

describe('SIMILAR_TO', () => {
  it('is the cosine, from 0 to 1, of two texts', async () => {
    const rows = await run(
      "SELECT id FROM goods WHERE name SIMILAR_TO 'toothbrush' > 0.5 ORDER BY name SIMILAR_TO 'toothbrush' DESC, id",
    );
    expect(rows.map(([id]) => id).sort()).toEqual([1, 4]);
    expect(
      await run("SELECT round('saw' SIMILAR_TO 'saw', 3), 'saw' SIMILAR_TO 'qqqxz', NULL SIMILAR_TO 'saw'"),
    ).toEqual([[1, 0, null]]);
  });
});
