import { DuckDBConnection } from '@duckdb/node-api';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { StatementScope } from '../../src/operators/evaluation/statement-scope.ts';
import type { EngineConnection } from '../../src/server/engine/engine-connection.ts';
import { EngineFixture, rowsOf } from '../support/engine-fixture.ts';
import { asSymbols, operators } from './operators.ts';
import { StatementGenerator } from './statement-generator.ts';
import { asBag, makeTruth } from './truth.ts';

const STATEMENTS = 120;
const SEED = 20_261_125;
const ROWS = 60_000;
const DISTINCT = 500;

let fixture: EngineFixture;
let connection: EngineConnection;

async function open(options: Parameters<typeof EngineFixture.open>[2] = {}): Promise<void> {
  fixture = await EngineFixture.open(operators, 20, options);
  connection = await fixture.connect();
}

async function close(): Promise<void> {
  await connection.close();
  await fixture.close();
}

/** The rows of a statement, and how many of its rows were asked of the functions. */
async function run(
  sql: string,
  parameters: readonly string[] = [],
  more: Partial<StatementScope> = {},
): Promise<[rows: readonly string[], asked: number]> {
  const scope = { ...fixture.scope({ maxPairs: 100_000 }), ...more };
  const rows = asBag(await rowsOf(connection, asSymbols(sql), scope, parameters));
  const operators = fixture.summaries.at(-1)?.operators ?? [];
  return [rows, operators.reduce((sum, operator) => sum + operator.rows, 0)];
}

describe('generated statements whose answers DuckDB looks up', () => {
  beforeAll(async () => {
    await open({ knownAnswers: { lookupsBeforeFirst: 0, pays: () => true } });
    await makeTruth(fixture, connection);
  });
  afterAll(close);

  const most = { timeout: 300_000 };

  it('give the rows that they mean, while some answers are known and when all are', most, async () => {
    const generator = new StatementGenerator(SEED);
    let lookedUp = 0;
    for (let at = 0; at < STATEMENTS; at += 1) {
      const { semantic, truth, limit } = generator.statement();
      const meant = asBag(await connection.runInternal(truth));
      const [some] = await run(semantic);
      const [all, asked] = await run(semantic);
      for (const rows of [some, all]) {
        if (limit === null) expect(rows, semantic).toEqual(meant);
        expect(
          rows.filter((row) => !meant.includes(row)),
          semantic,
        ).toEqual([]);
        expect(rows.length, semantic).toBe(Math.min(limit ?? meant.length, meant.length));
      }
      const [, counted] = await run(semantic, [], { countsRows: true });
      if (asked < counted) lookedUp += 1;
    }
    expect(lookedUp).toBeGreaterThan(STATEMENTS / 2);
  });
});

describe('a long scan over known answers', () => {
  beforeAll(async () => {
    await open();
    fixture.judge = ({ cascade, inputs }) => {
      if (cascade.cascadeId === 'score') return String(inputs.text).length / 100;
      return cascade.cascadeId === 'summarise' ? null : String(inputs.text).includes('7');
    };
    await connection.runInternal(
      `CREATE TABLE t AS SELECT i AS id, 'text ' || (i % ${DISTINCT}) AS d FROM range(${ROWS}) r(i)`,
    );
    await connection.runInternal('CREATE TABLE small AS SELECT * FROM t LIMIT 100');
    await run("SELECT count(*) FROM t WHERE d MEANS 'x'");
    await run("SELECT sum(score(d, 'x')) FROM t");
  });
  afterAll(close);
  beforeEach(() => {
    fixture.calls.length = 0;
  });

  it('asks no function, and gives what the functions gave', async () => {
    const expected = asBag(await connection.runInternal("SELECT count(*) FROM t WHERE contains(d, '7')"));
    expect(await run("SELECT count(*) FROM t WHERE d MEANS 'x'")).toEqual([expected, 0]);
    expect(await run('SELECT count(*) FROM t WHERE d MEANS $1', ['x'])).toEqual([expected, 0]);
    expect((await run("SELECT round(sum(score(d, 'x')), 3) FROM t"))[1]).toBe(0);
    expect(fixture.calls).toEqual([]);
  });

  it('counts the answers that it found in memory', async () => {
    await run("SELECT count(*) FROM t WHERE d MEANS 'x'");
    expect(fixture.summaries.at(-1)?.operators).toMatchObject([
      { rows: 0, distinct: DISTINCT, fromMemory: DISTINCT, fromModel: 0 },
    ]);
  });

  it('keeps the columns of a star, and their order', async () => {
    const rows = await rowsOf(
      connection,
      asSymbols("SELECT * FROM t WHERE d MEANS 'x' AND id < 20"),
      fixture.scope(),
    );
    expect(rows).toEqual([
      [7n, 'text 7'],
      [17n, 'text 17'],
    ]);
  });

  it('asks the function about a value that is new, once, and looks it up after that', async () => {
    await connection.runInternal("INSERT INTO t VALUES (-1, 'never seen 7'), (-2, NULL)");
    const sql = "SELECT count(*) FILTER (WHERE d MEANS 'x'), count(*) FILTER (WHERE d NOT MEANS 'x') FROM t";
    const [first] = await run(sql);
    expect(fixture.calls.map(({ inputs }) => inputs.text)).toEqual(['never seen 7']);
    const [again, asked] = await run(sql);
    // The row whose text is NULL is the function's.
    expect([again, asked]).toEqual([first, 2]);
    await connection.runInternal('DELETE FROM t WHERE id < 0');
  });

  it('is nothing that a small table pays for', async () => {
    const [, asked] = await run("SELECT count(*) FROM small WHERE d MEANS 'x'");
    expect(asked).toBe(100);
    const [, one] = await run("SELECT count(*) FROM t WHERE id = 5 AND d MEANS 'x'");
    expect(one).toBe(1);
  });

  it('asks again under other settings, and where answers are not to be reused', async () => {
    const sql = asSymbols("SELECT count(*) FROM t WHERE d MEANS 'x'");
    await rowsOf(connection, sql, fixture.scope({ reuseAnswers: 'none' }));
    expect(fixture.calls).toHaveLength(DISTINCT);
    await rowsOf(connection, sql, fixture.scope({ model: 'scripted/other' }));
    expect(fixture.calls).toHaveLength(2 * DISTINCT);
  });

  it('counts every row where that is asked for', async () => {
    const sql = asSymbols("SELECT count(*) FROM t WHERE d MEANS 'x'");
    await rowsOf(connection, sql, { ...fixture.scope(), countsRows: true });
    expect(fixture.summaries.at(-1)?.operators).toMatchObject([{ rows: ROWS, distinct: DISTINCT }]);
    const estimation = await connection.explain(
      { sql, selectForms: [], changesData: false },
      [],
      fixture.scope(),
    );
    expect(estimation.operators).toMatchObject([{ rows: ROWS, inMemory: DISTINCT, toPay: 0 }]);
  });

  it('is planned once, until something is written', async () => {
    const sql = "SELECT count(*) AS planned_once FROM t WHERE d MEANS 'x'";
    const planned = vi.spyOn(DuckDBConnection.prototype, 'prepare');
    const prepares = async (): Promise<number> => {
      planned.mockClear();
      await run(sql);
      return planned.mock.calls.length;
    };
    try {
      expect(await prepares()).toBeGreaterThan(0);
      expect([await prepares(), await prepares()]).toEqual([0, 0]);
      await connection.runInternal('CREATE OR REPLACE TABLE other AS SELECT 1');
      expect(await prepares()).toBeGreaterThan(0);
    } finally {
      planned.mockRestore();
    }
  });

  it('is looked up inside a transaction too', async () => {
    await connection.runInternal('BEGIN');
    const [before] = await run("SELECT count(*) FROM t WHERE d MEANS 'x'");
    expect(await run("SELECT count(*) FROM t WHERE d MEANS 'x'")).toEqual([before, 0]);
    await connection.runInternal('COMMIT');
  });
});
