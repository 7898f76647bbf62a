import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { packagePath } from '../../src/cli/package-folder.ts';
import { loadOperatorSet } from '../../src/operators/cascade/load-cascades.ts';
import { loadCascade } from '../../src/operators/cascade/load-cascade.ts';
import { indexOperators } from '../../src/operators/cascade/index-operators.ts';
import type { OperatorSet } from '../../src/operators/cascade/operator-set.ts';
import type { EngineConnection } from '../../src/server/engine/engine-connection.ts';
import { EngineFixture } from '../support/engine-fixture.ts';
import { runSql } from './support/run-sql.ts';

const PIECES = `
cascade_id: pieces
sql_function:
  name: pieces
  description: The pieces of a text.
  args: [{ name: text }, { name: more, type: INTEGER, default: 0 }]
  returns: TABLE(piece VARCHAR, nr INTEGER)
  shape: table
cells: [{ name: cut, instructions: 'Cut {{ input.text }}' }]
`;
const WORDS = `
cascade_id: words
sql_function: { name: words_in, args: [{ name: text }], returns: 'VARCHAR[]', shape: table }
cells: [{ name: cut, instructions: 'Cut {{ input.text }}' }]
`;
const LONG = `
cascade_id: is_long
sql_function: { name: is_long, args: [{ name: text }], returns: BOOLEAN }
cells: [{ name: judge, instructions: 'Long? {{ input.text }}' }]
`;

let operators: OperatorSet;
let fixture: EngineFixture;
let connection: EngineConnection;

beforeAll(async () => {
  const cascades = [PIECES, WORDS, LONG].map((yaml, at) => loadCascade(`${at}.cascade.yaml`, yaml));
  operators = indexOperators(new Map(cascades.map((cascade) => [cascade.cascadeId, cascade])), 1);
  fixture = await EngineFixture.open(operators);
  connection = await fixture.connect();
  await connection.runInternal(
    "CREATE TABLE t AS SELECT * FROM (VALUES (1, 'a bb'), (2, 'ccc'), (3, NULL), (4, 'a bb')) v(id, body)",
  );
});

afterAll(async () => {
  await connection.close();
  await fixture.close();
});

beforeEach(() => {
  fixture.calls.length = 0;
  fixture.judge = ({ cascade, inputs }) => {
    if (cascade.cascadeId === 'is_long') return String(inputs.text).length > 1;
    const words = String(inputs.text).split(' ');
    return cascade.cascadeId === 'words'
      ? words
      : words.map((piece, at) => ({ piece, nr: at + Number(inputs.more) }));
  };
});

const run = (sql: string, parameters: readonly string[] = []) =>
  runSql(fixture, connection, operators, sql, parameters);

/** A value for each column of `TABLE(…)` by its type. */
function rowOf(schema: unknown): Readonly<Record<string, unknown>> {
  const { items } = schema as {
    items: { properties: Readonly<Record<string, { type: readonly string[] }>> };
  };
  const value = ({ type }: { type: readonly string[] }) => (type.includes('string') ? '2021-03-03' : 7.5);
  return Object.fromEntries(Object.entries(items.properties).map(([name, column]) => [name, value(column)]));
}

describe('the shipped operators of the shape table', async () => {
  const shipped = await loadOperatorSet([packagePath('cascades')], 1);
  const tables = [...shipped.operators.values()].filter(({ sql }) => sql.shape === 'table');
  let other: EngineFixture;
  let line: EngineConnection;

  beforeAll(async () => {
    other = await EngineFixture.open(shipped);
    other.judge = ({ cascade }) => [
      rowOf(cascade.cells[0]?.outputSchema),
      rowOf(cascade.cells[0]?.outputSchema),
    ];
    line = await other.connect();
    await line.runInternal("CREATE TABLE t AS SELECT * FROM (VALUES (1, 'a'), (2, NULL)) v(id, body)");
  });
  afterAll(async () => {
    await line.close();
    await other.close();
  });

  it.each(tables.map(({ sql }) => [sql.name, /\("?(\w+)"? /.exec(sql.returns)?.[1] ?? ''] as const))(
    '%s gives its rows in FROM, and beside each row of a table',
    async (name, first) => {
      const ask = (sql: string, values: readonly string[] = []) => runSql(other, line, shipped, sql, values);
      for (const argument of ["'a'", "concat('a', 'b')", '$1']) {
        const values = argument === '$1' ? ['x'] : [];
        expect(await ask(`SELECT count(*) FROM ${name}(${argument})`, values)).toEqual([[2n]]);
      }
      expect(
        await ask(
          `SELECT id, count(f.${first}) FROM t LEFT JOIN LATERAL ${name}(t.body) f ON true GROUP BY id ORDER BY id`,
        ),
      ).toEqual([
        [1, 2n],
        [2, 0n],
      ]);
      expect(await ask(`SELECT len(${name}(body)) FROM t WHERE id IN (SELECT 1 FROM ${name}('b'))`)).toEqual([
        [2n],
      ]);
      await ask(`CREATE OR REPLACE TABLE kept AS SELECT t.id, f.* FROM t, ${name}(t.body) f`);
      expect(await ask('SELECT count(*) FROM kept')).toEqual([[2n]]);
    },
  );
});

describe('an operator of the shape table', () => {
  it('gives rows in FROM, with a literal, a parameter, a default and an alias', async () => {
    expect(await run("SELECT * FROM pieces('x yy') ORDER BY nr")).toEqual([
      ['x', 0],
      ['yy', 1],
    ]);
    expect(await run('SELECT p.nr FROM pieces($1, 5) AS p WHERE p.piece = $1', ['z'])).toEqual([[5]]);
    expect(await run("SELECT a FROM pieces('x') AS p(a, b)")).toEqual([['x']]);
    expect(await run("SELECT value FROM words_in('x yy') ORDER BY value")).toEqual([['x'], ['yy']]);
  });

  it('joins each row with its own, in one call a distinct value', async () => {
    expect(await run('SELECT id, piece FROM t, pieces(t.body) ORDER BY id, nr')).toEqual([
      [1, 'a'],
      [1, 'bb'],
      [2, 'ccc'],
      [4, 'a'],
      [4, 'bb'],
    ]);
    expect(fixture.calls).toHaveLength(2);
    expect(
      await run(
        'SELECT id, count(piece) FROM t LEFT JOIN LATERAL pieces(t.body) p ON true GROUP BY id ORDER BY id',
      ),
    ).toEqual([
      [1, 2n],
      [2, 1n],
      [3, 0n],
      [4, 2n],
    ]);
  });

  it('works with other operators, in subqueries, INSERT and as a list', async () => {
    expect(
      await run(
        'SELECT DISTINCT piece FROM t, pieces(t.body) WHERE is_long(piece) AND is_long(body) ORDER BY 1',
      ),
    ).toEqual([['bb'], ['ccc']]);
    expect(
      await run(
        "SELECT id FROM t WHERE EXISTS (SELECT 1 FROM pieces(t.body) p WHERE p.piece = 'bb') ORDER BY id",
      ),
    ).toEqual([[1], [4]]);
    await run('CREATE TABLE kept AS SELECT id, piece FROM t, pieces(t.body)');
    await run("INSERT INTO kept SELECT 9, piece FROM pieces('q r')");
    expect(await run('SELECT count(*) FROM kept')).toEqual([[7n]]);
    expect(await run("SELECT pieces('a')[1].piece, words_in('a b')[2]")).toEqual([['a', 'b']]);
  });

  it('asks a model for what its columns can hold', () => {
    expect(operators.operators.get('pieces')?.cascade.cells[0]?.outputSchema).toMatchObject({
      type: 'array',
      items: { properties: { piece: { type: ['string', 'null'] }, nr: { type: ['integer', 'null'] } } },
    });
  });

  it('is refused where it returns no table', () => {
    const wrong = (yaml: string) => () => loadCascade('x', yaml);
    expect(wrong(PIECES.replace('TABLE(piece VARCHAR, nr INTEGER)', 'VARCHAR'))).toThrow(
      'a table function returns',
    );
    expect(wrong(PIECES.replace('shape: table', 'shape: scalar'))).toThrow(
      'is returned by a function of the shape',
    );
  });
});
