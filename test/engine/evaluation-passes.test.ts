import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { SqlError } from '../../src/errors.ts';
import type { EngineConnection } from '../../src/server/engine/engine-connection.ts';
import { EngineFixture, rowsOf } from '../support/engine-fixture.ts';
import { operatorOf, operatorSetOf } from '../support/operator-fixture.ts';
import { symbolOf } from '../../src/operators/cascade/symbol.ts';

const MEANS = symbolOf('MEANS') ?? '';
const NOT_MEANS = symbolOf('NOT MEANS') ?? '';
const operators = operatorSetOf([
  operatorOf({ name: 'semantic_matches', keyword: 'MEANS' }),
  operatorOf({
    name: 'summarise',
    returns: 'VARCHAR',
    args: [{ name: 'text' }, { name: 'words', type: 'INTEGER', optional: true, default: 7 }],
  }),
  operatorOf({ name: 'tags', returns: 'VARCHAR[]', args: [{ name: 'text' }] }),
]);

let fixture: EngineFixture;
let connection: EngineConnection;

beforeEach(async () => {
  fixture = await EngineFixture.open(operators);
  connection = await fixture.connect();
  await connection.runInternal(
    "CREATE TABLE t AS SELECT i AS id, 'text ' || (i % 100) AS d FROM range(10000) r(i)",
  );
});

afterEach(async () => {
  await connection.close();
  await fixture.close();
});

const isEven = ({ inputs }: { inputs: Readonly<Record<string, unknown>> }): boolean =>
  Number(String(inputs.text).split(' ').at(-1)) % 2 === 0;

describe('passes', () => {
  it('makes one call a distinct value and gives the rows that the answers select', async () => {
    fixture.judge = isEven;
    const rows = await rowsOf(connection, `SELECT count(*) FROM t WHERE d ${MEANS} 'even'`, fixture.scope());
    expect(rows).toEqual([[5000n]]);
    expect(fixture.calls).toHaveLength(100);
    expect(fixture.calls[0]?.inputs).toEqual({ text: 'text 0', criterion: 'even' });
  });

  it('makes no call the second time', async () => {
    await rowsOf(connection, `SELECT d ${MEANS} 'x' FROM t`, fixture.scope());
    await rowsOf(connection, `SELECT d ${MEANS} 'x' FROM t`, fixture.scope());
    expect(fixture.calls).toHaveLength(100);
  });

  it('shares calls under way between two sessions', async () => {
    const other = await fixture.connect();
    fixture.judge = async () => new Promise((resolve) => setTimeout(() => resolve(true), 20));
    const sql = `SELECT count(*) FROM t WHERE d ${MEANS} 'x'`;
    const both = await Promise.all([
      rowsOf(connection, sql, fixture.scope()),
      rowsOf(other, sql, fixture.scope()),
    ]);
    expect(both).toEqual([[[10000n]], [[10000n]]]);
    expect(fixture.calls).toHaveLength(100);
    await other.close();
  });

  it('gives NULL for NULL on either side and calls nothing', async () => {
    const rows = await rowsOf(
      connection,
      `SELECT NULL ${MEANS} 'x', 'x' ${MEANS} NULL, NULL ${NOT_MEANS} 'x'`,
      fixture.scope(),
    );
    expect(rows).toEqual([[null, null, null]]);
    expect(fixture.calls).toHaveLength(0);
  });

  it('shares answers between an operator, its negation and its function', async () => {
    fixture.judge = isEven;
    const rows = await rowsOf(
      connection,
      `SELECT d ${MEANS} 'e', d ${NOT_MEANS} 'e', semantic_matches(d, 'e') FROM t WHERE id = 3`,
      fixture.scope(),
    );
    expect(rows).toEqual([[false, true, false]]);
    expect(fixture.calls).toHaveLength(1);
  });

  it('evaluates only the rows that a selective predicate leaves, on a stored dictionary too', async () => {
    await connection.runInternal('CHECKPOINT');
    await rowsOf(connection, `SELECT d ${MEANS} 'x' FROM t WHERE id = 5`, fixture.scope());
    expect(fixture.calls).toHaveLength(1);
  });

  it('evaluates constants at planning and nested operators level by level', async () => {
    fixture.judge = ({ cascade, inputs }) =>
      cascade.cascadeId === 'summarise' ? `short ${String(inputs.text)}` : true;
    const rows = await rowsOf(
      connection,
      `SELECT summarise(summarise('a')) ${MEANS} 'x', summarise('b')`,
      fixture.scope(),
    );
    expect(rows).toEqual([[true, 'short b']]);
    expect(fixture.calls.map(({ inputs }) => inputs.text)).toEqual(
      expect.arrayContaining(['a', 'b', 'short a', 'short short a']),
    );
    expect(fixture.calls).toHaveLength(4);
  });

  it('takes parameters on either side', async () => {
    const rows = await rowsOf(connection, `SELECT $1 ${MEANS} $2 AS m`, fixture.scope(), ['bamboo', 'eco']);
    expect(rows).toEqual([[true]]);
    expect(fixture.calls[0]?.inputs).toEqual({ text: 'bamboo', criterion: 'eco' });
  });

  it("fills optional arguments in with the cascade's defaults and reads typed ones", async () => {
    fixture.judge = ({ inputs }) => JSON.stringify(inputs);
    const rows = await rowsOf(connection, "SELECT summarise('a'), summarise('a', 3)", fixture.scope());
    expect(rows).toEqual([['{"text":"a","words":7}', '{"text":"a","words":3}']]);
  });

  it('casts answers of other types', async () => {
    fixture.judge = () => ['a', "b'c"];
    const rows = await rowsOf(connection, "SELECT tags('x')[2]", fixture.scope());
    expect(rows).toEqual([["b'c"]]);
  });

  it('finds an operator inside a view', async () => {
    await connection.runInternal(`CREATE VIEW v AS SELECT * FROM t WHERE d ${MEANS} 'even'`);
    fixture.judge = isEven;
    expect(await rowsOf(connection, 'SELECT count(*) FROM v', fixture.scope())).toEqual([[5000n]]);
  });

  it('describes without a call', async () => {
    const described = await connection.describe(`SELECT 'a' ${MEANS} 'b' AS m, d FROM t WHERE d ${MEANS} $1`);
    expect(described.columns.map(({ name, type }) => [name, String(type)])).toEqual([
      ['m', 'BOOLEAN'],
      ['d', 'VARCHAR'],
    ]);
    expect(described.parameters.map(String)).toEqual(['VARCHAR']);
    expect(fixture.calls).toHaveLength(0);
  });
});

describe('statements that change data', () => {
  it('run once, when nothing is missing', async () => {
    fixture.judge = isEven;
    const changed = await connection.run(
      {
        sql: `UPDATE t SET d = 'even' WHERE d ${MEANS} 'even'`,
        selectForms: [`SELECT 1 FROM t WHERE d ${MEANS} 'even'`],
        changesData: true,
      },
      [],
      fixture.scope(),
    );
    expect(changed.rowsChanged).toBe(5000);
    expect(fixture.calls).toHaveLength(100);
  });

  it('are undone and run again where their queries did not foresee an answer', async () => {
    fixture.judge = isEven;
    const changed = await connection.run(
      { sql: `DELETE FROM t WHERE d ${MEANS} 'even'`, selectForms: [], changesData: true },
      [],
      fixture.scope(),
    );
    expect(changed.rowsChanged).toBe(5000);
  });
});

describe('a call that fails', () => {
  it('fails the statement, says how many of how many and why, and is asked again later', async () => {
    fixture.judge = ({ inputs }) => {
      if (inputs.text === 'text 7') throw new SqlError('08006', 'endpoint http://x refused after 3 attempts');
      return true;
    };
    const failing = rowsOf(connection, `SELECT d ${MEANS} 'x' FROM t`, fixture.scope());
    await expect(failing).rejects.toMatchObject({
      code: '08006',
      message: expect.stringMatching(
        /^semantic_matches: 1 of \d+ calls failed: endpoint http:\/\/x refused after 3 attempts$/,
      ),
    });
    fixture.judge = () => false;
    expect(
      await rowsOf(
        connection,
        `SELECT count(*) FROM t WHERE d = 'text 7' AND d ${MEANS} 'x'`,
        fixture.scope(),
      ),
    ).toEqual([[0n]]);
  });

  it('gives NULL and a warning that counts where that was asked for', async () => {
    fixture.judge = ({ inputs }) => {
      if (inputs.text === 'text 7') throw new SqlError('08006', 'refused');
      return true;
    };
    const sql = `SELECT count(*) FILTER (v IS NULL), count(v) FROM (SELECT d ${MEANS} 'x' AS v FROM t)`;
    expect(await rowsOf(connection, sql, fixture.scope({ onError: 'null' }))).toEqual([[100n, 9900n]]);
    expect(fixture.notices.filter(({ severity }) => severity === 'WARNING')).toMatchObject([
      { message: '1 of 100 calls failed and gave NULL' },
    ]);
  });
});

describe('cancel', () => {
  it('ends the statement at once and aborts the calls in flight', async () => {
    const controller = new AbortController();
    let aborted = 0;
    const cancel = (): void =>
      controller.abort(new SqlError('57014', 'canceling statement due to user request'));
    fixture.judge = (_call, signal) =>
      new Promise((_resolve, reject) => {
        if (fixture.calls.length === 20) setTimeout(cancel, 20);
        signal.addEventListener('abort', () => {
          aborted += 1;
          reject(new SqlError('57014', 'aborted'));
        });
      });
    const running = rowsOf(connection, `SELECT d ${MEANS} 'x' FROM t`, fixture.scope({}, controller.signal));
    await expect(running).rejects.toMatchObject({
      code: '57014',
      message: 'canceling statement due to user request',
    });
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(aborted).toBe(20);
  });

  it('interrupts a query that calls no model', async () => {
    const controller = new AbortController();
    setTimeout(() => controller.abort(new SqlError('57014', 'canceling statement due to user request')), 50);
    const sql = 'SELECT count(*) FROM range(100000000000) a WHERE hash(a) % 7 = 3';
    await expect(rowsOf(connection, sql, fixture.scope({}, controller.signal))).rejects.toMatchObject({
      code: '57014',
    });
    expect(await rowsOf(connection, 'SELECT 42', fixture.scope())).toEqual([[42]]);
  });
});

describe('rvbbit_run', () => {
  it('runs a cascade by name on a struct of inputs, once a distinct input', async () => {
    fixture.judge = ({ cascade, inputs }) => `${cascade.cascadeId} ${String(inputs.text)}`;
    const sql =
      "SELECT DISTINCT rvbbit_run('tags', {'text': d}) AS r FROM t WHERE id < 300 ORDER BY r LIMIT 2";
    expect(await rowsOf(connection, sql, fixture.scope())).toEqual([['tags text 0'], ['tags text 1']]);
    expect(fixture.calls).toHaveLength(100);
  });

  it('names what a cascade lacks and which cascades there are', async () => {
    const unknown = rowsOf(connection, "SELECT rvbbit_run('nope', {'text': 'x'})", fixture.scope());
    await expect(unknown).rejects.toMatchObject({
      code: '42704',
      hint: expect.stringContaining('semantic_matches'),
    });
    const wrong = rowsOf(connection, "SELECT rvbbit_run('tags', {'txt': 'x'})", fixture.scope());
    await expect(wrong).rejects.toMatchObject({
      code: '22023',
      message: 'cascade tags has no input "txt"',
    });
  });
});

describe('plans that are used again', () => {
  it('see rows that were written after they were made', async () => {
    await connection.runInternal('CREATE TABLE e (a VARCHAR)');
    expect(await rowsOf(connection, "SELECT a FROM e WHERE a = 'x'", fixture.scope())).toEqual([]);
    await rowsOf(
      connection,
      { sql: "INSERT INTO e VALUES ('x')", selectForms: [], changesData: true },
      fixture.scope(),
    );
    expect(await rowsOf(connection, "SELECT a FROM e WHERE a = 'x'", fixture.scope())).toEqual([['x']]);
  });
});
