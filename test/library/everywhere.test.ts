import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { packagePath } from '../../src/cli/package-folder.ts';
import { loadOperatorSet } from '../../src/operators/cascade/load-cascades.ts';
import type { EngineConnection } from '../../src/server/engine/engine-connection.ts';
import { EngineFixture } from '../support/engine-fixture.ts';
import { KNOWN, knownAnswer } from './support/known-answers.ts';
import { answersRows, operatorCalls } from './support/operator-calls.ts';
import { runSql } from './support/run-sql.ts';
import { compare, type Found, known, quoted, shown, together } from './support/uses-together.ts';

const operators = await loadOperatorSet([packagePath('cascades')], 1);
const CALLS = operatorCalls(operators);
/** Operators of one statement, a SELECT each: a statement costs far more than another SELECT in it. */
const TOGETHER = 9;

const digit = (body: string): number => Number(body.slice(-1));

/** What an argument may be: its SQL over a row of `alias`, and its text there. */
const FORMS = [
  { form: 'a literal', sql: () => "'text 2'", text: () => 'text 2' },
  { form: 'a column', sql: (alias: string) => `${alias}.body`, text: (body: string) => body },
  {
    form: 'an expression',
    sql: (alias: string) => `concat('text ', (CAST(right(${alias}.body, 1) AS INTEGER) + 1) % 4)`,
    text: (body: string) => `text ${(digit(body) + 1) % 4}`,
  },
  { form: 'a parameter', sql: () => '$1', text: () => 'text 1' },
] as const;

const ROWS = [1, 2, 3, 4, 5, 6].map((id) => ({ id, g: id % 2, body: `text ${id % 4}` }));
type Row = (typeof ROWS)[number];

/** An operator on an argument of one form. */
interface Use {
  readonly name: string;
  readonly call: (alias: string) => string;
  readonly of: (row: Row) => string;
}
const BATCHES = Array.from({ length: Math.ceil(CALLS.length / TOGETHER) }, (_, at) => {
  const calls = CALLS.slice(at * TOGETHER, (at + 1) * TOGETHER);
  const uses = calls.flatMap(({ name, sql, answer }) =>
    FORMS.map(({ form, sql: argument, text }): Use => ({
      name: `${name} of ${form}`,
      call: (alias) => sql(argument(alias)),
      of: ({ body }) => answer(text(body)),
    })),
  );
  return [calls.map(({ name }) => name).join(', '), uses] as const;
});

/** The answer for one row, of which each clause asks whether a row has it. */
const wanted = ({ of }: Use): string => of(ROWS[2] as Row);
const hits = (use: Use): readonly Row[] => ROWS.filter((row) => use.of(row) === wanted(use));
const isWanted = (use: Use, alias: string): string => `${use.call(alias)} = ${quoted(wanted(use))}`;
const ids = (rows: readonly Row[]): readonly Found[] => rows.map(({ id }) => [id, null]);

/** A SELECT of an id and a text, and the rows that it gives. */
interface Clause {
  readonly clause: string;
  readonly sql: (use: Use) => string;
  readonly rows: (use: Use) => readonly Found[];
}

const CLAUSES: readonly Clause[] = [
  {
    clause: 'SELECT',
    sql: (use) => `SELECT t.id, ${use.call('t')} FROM t`,
    rows: (use) => ROWS.map((row) => [row.id, use.of(row)]),
  },
  {
    clause: 'WHERE',
    sql: (use) => `SELECT t.id, NULL FROM t WHERE ${isWanted(use, 't')}`,
    rows: (use) => ids(hits(use)),
  },
  {
    clause: 'GROUP BY',
    sql: (use) => `SELECT CAST(count(*) AS INTEGER), min(t.id)::VARCHAR FROM t GROUP BY ${use.call('t')}`,
    rows: (use) => {
      const groups = [...new Set(ROWS.map(use.of))].map((v) => ROWS.filter((row) => use.of(row) === v));
      return groups.map((group) => [group.length, String(group[0]?.id)]);
    },
  },
  {
    clause: 'HAVING',
    sql: (use) =>
      `SELECT CAST(count(*) AS INTEGER), t.body FROM t GROUP BY t.body HAVING ${isWanted(use, 't')}`,
    rows: (use) =>
      [...new Set(hits(use).map(({ body }) => body))].map((body) => [
        ROWS.filter((row) => row.body === body).length,
        body,
      ]),
  },
  {
    clause: 'ORDER BY',
    sql: (use) => `(SELECT t.id, NULL FROM t ORDER BY ${use.call('t')} DESC, t.id LIMIT 3)`,
    rows: (use) => ids(ROWS.toSorted((a, b) => compare(use.of(b), use.of(a)) || a.id - b.id).slice(0, 3)),
  },
  {
    clause: 'JOIN ON',
    sql: (use) => `SELECT a.id, b.id::VARCHAR FROM t a JOIN t b ON ${use.call('a')} = ${use.call('b')}`,
    rows: (use) =>
      ROWS.flatMap((a) =>
        ROWS.filter((b) => use.of(a) === use.of(b)).map((b): Found => [a.id, String(b.id)]),
      ),
  },
  {
    clause: 'CASE',
    sql: (use) => `SELECT t.id, CASE WHEN ${isWanted(use, 't')} THEN 'yes' ELSE 'no' END FROM t`,
    rows: (use) => ROWS.map((row) => [row.id, use.of(row) === wanted(use) ? 'yes' : 'no']),
  },
  {
    clause: 'a common table expression',
    sql: (use) =>
      `SELECT * FROM (WITH c AS (SELECT t.id, ${use.call('t')} AS v FROM t)
         SELECT c.id, c.v FROM c WHERE c.v = ${quoted(wanted(use))})`,
    rows: (use) => hits(use).map(({ id }) => [id, wanted(use)]),
  },
  {
    clause: 'a subquery',
    sql: (use) => `SELECT o.id, NULL FROM t o WHERE o.id IN (SELECT t.id FROM t WHERE ${isWanted(use, 't')})`,
    rows: (use) => ids(hits(use)),
  },
  {
    clause: 'the input of a window',
    sql: (use) => `SELECT t.id, max(${use.call('t')}) OVER (PARTITION BY t.g) FROM t`,
    rows: (use) =>
      ROWS.map(({ id, g }) => {
        const values = ROWS.filter((row) => row.g === g).map(use.of);
        return [id, values.toSorted(compare).at(-1) ?? null];
      }),
  },
];

let fixture: EngineFixture;
let connection: EngineConnection;

beforeAll(async () => {
  fixture = await EngineFixture.open(operators);
  fixture.judge = knownAnswer;
  connection = await fixture.connect();
  await connection.runInternal('CREATE TABLE t (id INTEGER, g INTEGER, body VARCHAR)');
  const values = ROWS.map(({ id, g, body }) => `(${id}, ${g}, '${body}')`).join(', ');
  await connection.runInternal(`INSERT INTO t VALUES ${values}`);
  await connection.runInternal('CREATE TABLE kept (use VARCHAR, id INTEGER, value VARCHAR)');
});

afterAll(async () => {
  await connection.close();
  await fixture.close();
});

const run = (sql: string) =>
  runSql(fixture, connection, operators, sql, sql.includes('$1') ? ['text 1'] : []);

describe('the table of operators', () => {
  it('knows the answers of every operator that is loaded and answers a row', () => {
    const unknown = CALLS.filter(({ cascadeId }) => cascadeId !== 'embed' && KNOWN[cascadeId] === undefined);
    expect(unknown.map(({ name }) => name)).toEqual([]);
    const covered = new Set(CALLS.map(({ name }) => name));
    const names = [...operators.operators.values()].filter(({ sql }) => answersRows(sql));
    const keywords = [...operators.patterns.values()].filter(({ operator }) => answersRows(operator.sql));
    expect(names.filter(({ sql }) => !covered.has(`${sql.name}()`))).toEqual([]);
    expect(keywords.filter(({ pattern }) => !covered.has(pattern.keyword))).toEqual([]);
  });
});

describe.each(BATCHES)('on a literal, a column, an expression and a parameter: %s', (_names, uses) => {
  it.each(CLAUSES.map((clause) => [clause.clause, clause] as const))('in %s', async (_clause, clause) => {
    expect(shown(await run(together(uses, clause.sql)))).toEqual(known(uses, clause.rows));
  });

  it('in UPDATE', async () => {
    const columns = uses.map((_use, at) => `c${at}`);
    await run(`CREATE OR REPLACE TABLE u AS SELECT *, ${columns.map((c) => `'' AS ${c}`).join(', ')} FROM t`);
    const set = uses.map((use, at) => `c${at} = ${use.call('u')}`);
    await run(`UPDATE u SET ${set.join(', ')} WHERE u.id > 2`);
    const rows = await run(`SELECT u.id, ${columns.join(', ')} FROM u ORDER BY u.id`);
    const changed = ROWS.map((row) => [row.id, ...uses.map((use) => (row.id > 2 ? use.of(row) : ''))]);
    expect(rows).toEqual(changed);
  });

  it('in INSERT … SELECT', async () => {
    const select = (use: Use) => `SELECT t.id, ${use.call('t')} FROM t WHERE ${isWanted(use, 't')}`;
    await run('DELETE FROM kept');
    await run(`INSERT INTO kept ${together(uses, select)}`);
    expect(shown(await run('SELECT use, id, value FROM kept'))).toEqual(
      known(uses, (use) => hits(use).map(({ id }) => [id, wanted(use)])),
    );
  });
});
