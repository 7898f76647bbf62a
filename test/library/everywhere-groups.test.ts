import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { packagePath } from '../../src/cli/package-folder.ts';
import { loadOperatorSet } from '../../src/operators/cascade/load-cascades.ts';
import type { EngineConnection } from '../../src/server/engine/engine-connection.ts';
import { EngineFixture } from '../support/engine-fixture.ts';
import { type GroupCall, groupCalls } from './support/group-calls.ts';
import { KNOWN_OF_GROUPS, knownAnswer } from './support/known-answers.ts';
import { runSql } from './support/run-sql.ts';
import { compare, type Found, known, quoted, shown, together } from './support/uses-together.ts';

const operators = await loadOperatorSet([packagePath('cascades')], 1);
const CALLS = groupCalls(operators);

interface Row {
  readonly id: number;
  readonly g: number;
  readonly body: string | null;
}
const ROWS: readonly Row[] = [
  { id: 1, g: 0, body: 'text 3' },
  { id: 2, g: 0, body: 'text 1' },
  { id: 3, g: 0, body: null },
  { id: 4, g: 1, body: 'text 2' },
  { id: 5, g: 1, body: 'text 0' },
  { id: 6, g: 1, body: 'text 2' },
  { id: 7, g: 2, body: null },
];
const GROUPS = [0, 1, 2];

/** What the value of an aggregate may be: its SQL over a row of `t`, and its text there. */
const FORMS = [
  { form: 'a literal', sql: "'text 2'", text: () => 'text 2' },
  { form: 'a column', sql: 't.body', text: ({ body }: Row) => body },
  {
    form: 'an expression',
    sql: "replace(t.body, '2', '4')",
    text: ({ body }: Row) => body?.replace('2', '4') ?? null,
  },
  { form: 'a parameter', sql: '$1', text: () => 'text 1' },
] as const;

/** An aggregate over values of one form. */
interface Use {
  readonly name: string;
  readonly sql: (inside?: string, behind?: string) => string;
  /** Of the rows that it takes. */
  readonly of: (rows: readonly Row[]) => string | null;
  /** The same where the statement gives the values no order: they are sorted. */
  readonly ofSorted: (rows: readonly Row[]) => string | null;
}

const usesOf = ({ name, sql, answer }: GroupCall): readonly Use[] =>
  FORMS.map(({ form, sql: value, text }): Use => {
    const texts = (rows: readonly Row[]) => rows.map(text).filter((one) => one !== null);
    return {
      name: `${name} of ${form}`,
      sql: (...parts) => sql(value, ...parts),
      of: (rows) => answer(texts(rows)),
      ofSorted: (rows) => answer(texts(rows).toSorted()),
    };
  });

const inGroup = (g: number): readonly Row[] => ROWS.filter((row) => row.g === g);
const ofGroup = (use: Use, g: number): string | null => use.ofSorted(inGroup(g));
/** The answer for one group, of which each clause asks whether a group has it. */
const wanted = (use: Use): string => ofGroup(use, 0) ?? '';
const all = (use: Use): readonly Found[] => GROUPS.map((g): Found => [g, ofGroup(use, g)]);
const hits = (use: Use): readonly Found[] =>
  all(use)
    .filter(([, value]) => value === wanted(use))
    .map(([g]) => [g, null]);

/** A SELECT of a group and a text, and the rows that it gives. */
interface Clause {
  readonly clause: string;
  readonly sql: (use: Use) => string;
  readonly rows: (use: Use) => readonly Found[];
}

const grouped = (use: Use): string => `SELECT t.g, ${use.sql()} AS v FROM t GROUP BY t.g`;

const CLAUSES: readonly Clause[] = [
  { clause: 'SELECT', sql: grouped, rows: all },
  {
    clause: 'a filter of groups, as WHERE over a subquery',
    sql: (use) => `SELECT s.g, NULL FROM (${grouped(use)}) s WHERE s.v = ${quoted(wanted(use))}`,
    rows: hits,
  },
  {
    clause: 'WHERE, by a scalar subquery',
    sql: (use) =>
      `SELECT o.id, NULL FROM t o WHERE o.id = 1 AND (SELECT ${use.sql()} FROM t WHERE t.g = 0) = ${quoted(wanted(use))}`,
    rows: () => [[1, null]],
  },
  {
    clause: 'GROUP BY, over a subquery',
    sql: (use) => `SELECT CAST(count(*) AS INTEGER), s.v FROM (${grouped(use)}) s GROUP BY s.v`,
    rows: (use) => {
      const values = all(use).map(([, value]) => value);
      return [...new Set(values)].map((value): Found => [values.filter((v) => v === value).length, value]);
    },
  },
  {
    clause: 'HAVING',
    sql: (use) => `SELECT t.g, NULL FROM t GROUP BY t.g HAVING ${use.sql()} = ${quoted(wanted(use))}`,
    rows: hits,
  },
  {
    clause: 'ORDER BY',
    sql: (use) => `(SELECT t.g, NULL FROM t GROUP BY t.g ORDER BY ${use.sql()} NULLS LAST, t.g LIMIT 2)`,
    rows: (use) =>
      all(use)
        .toSorted(
          ([a, v], [b, w]) =>
            (v === null ? 1 : 0) - (w === null ? 1 : 0) || compare(v ?? '', w ?? '') || a - b,
        )
        .slice(0, 2)
        .map(([g]) => [g, null]),
  },
  {
    clause: 'JOIN ON, over a subquery',
    sql: (use) =>
      `SELECT o.id, s.v FROM t o JOIN (${grouped(use)}) s ON s.g = o.g AND s.v = ${quoted(wanted(use))}`,
    rows: (use) => hits(use).flatMap(([g]) => inGroup(g).map(({ id }): Found => [id, wanted(use)])),
  },
  {
    clause: 'CASE',
    sql: (use) =>
      `SELECT t.g, CASE WHEN ${use.sql()} = ${quoted(wanted(use))} THEN 'yes' ELSE 'no' END FROM t GROUP BY t.g`,
    rows: (use) => all(use).map(([g, value]) => [g, value === wanted(use) ? 'yes' : 'no']),
  },
  {
    clause: 'a common table expression',
    sql: (use) => `SELECT * FROM (WITH c AS (${grouped(use)}) SELECT c.g, c.v FROM c WHERE c.g < 2)`,
    rows: (use) => all(use).slice(0, 2),
  },
  {
    clause: 'a correlated subquery',
    sql: (use) => `SELECT o.id, (SELECT ${use.sql()} FROM t WHERE t.g = o.g) FROM t o`,
    rows: (use) => ROWS.map(({ id, g }) => [id, ofGroup(use, g)]),
  },
  {
    clause: 'a window, as its input',
    sql: (use) => `SELECT t.g, max(${use.sql()}) OVER () FROM t GROUP BY t.g`,
    rows: (use) => {
      const values = all(use).flatMap(([, value]) => (value === null ? [] : [value]));
      return GROUPS.map((g) => [g, values.toSorted(compare).at(-1) ?? null]);
    },
  },
  {
    clause: 'a window, as its function',
    sql: (use) => `SELECT t.id, ${use.sql('', ' OVER (PARTITION BY t.g)')} FROM t`,
    rows: (use) => ROWS.map(({ id, g }) => [id, ofGroup(use, g)]),
  },
  {
    clause: 'ORDER BY within it',
    sql: (use) => `SELECT t.g, ${use.sql(' ORDER BY t.id DESC')} FROM t GROUP BY t.g`,
    rows: (use) => GROUPS.map((g) => [g, use.of(inGroup(g).toReversed())]),
  },
  {
    clause: 'FILTER',
    sql: (use) => `SELECT t.g, ${use.sql('', ' FILTER (WHERE t.id > 1)')} FROM t GROUP BY t.g`,
    rows: (use) => GROUPS.map((g) => [g, use.ofSorted(inGroup(g).filter(({ id }) => id > 1))]),
  },
  {
    clause: 'no group at all',
    sql: (use) => `SELECT 9, ${use.sql()} FROM t`,
    rows: (use) => [[9, use.ofSorted(ROWS)]],
  },
];

let fixture: EngineFixture;
let connection: EngineConnection;

beforeAll(async () => {
  fixture = await EngineFixture.open(operators);
  fixture.judge = knownAnswer;
  connection = await fixture.connect();
  const values = ROWS.map(({ id, g, body }) => `(${id}, ${g}, ${body === null ? 'NULL' : quoted(body)})`);
  await connection.runInternal('CREATE TABLE t (id INTEGER, g INTEGER, body VARCHAR)');
  await connection.runInternal(`INSERT INTO t VALUES ${values.join(', ')}`);
  await connection.runInternal('CREATE TABLE kept (use VARCHAR, g INTEGER, value VARCHAR)');
});

afterAll(async () => {
  await connection.close();
  await fixture.close();
});

const run = (sql: string) =>
  runSql(fixture, connection, operators, sql, sql.includes('$1') ? ['text 1'] : []);

describe('the table of aggregates', () => {
  it('knows the answers of every aggregate that is loaded', () => {
    expect(CALLS.filter(({ cascadeId }) => KNOWN_OF_GROUPS[cascadeId] === undefined)).toEqual([]);
    expect(CALLS.length).toBeGreaterThan(7);
  });
});

const USES = CALLS.flatMap(usesOf);

describe('every semantic aggregate of a literal, a column, an expression and a parameter', () => {
  it.each(CLAUSES.map((clause) => [clause.clause, clause] as const))('in %s', async (_clause, clause) => {
    expect(shown(await run(together(USES, clause.sql)))).toEqual(known(USES, clause.rows));
  });

  it('in UPDATE, by a subquery', async () => {
    const columns = USES.map((_use, at) => `c${at}`);
    await run(`CREATE OR REPLACE TABLE u AS SELECT *, ${columns.map((c) => `'' AS ${c}`).join(', ')} FROM t`);
    const set = USES.map((use, at) => `c${at} = (SELECT ${use.sql()} FROM t WHERE t.g = u.g)`);
    await run(`UPDATE u SET ${set.join(', ')} WHERE u.id > 2`);
    const rows = await run(`SELECT u.id, ${columns.join(', ')} FROM u ORDER BY u.id`);
    expect(rows).toEqual(
      ROWS.map(({ id, g }) => [id, ...USES.map((use) => (id > 2 ? ofGroup(use, g) : ''))]),
    );
  });

  it('in INSERT … SELECT', async () => {
    await run(`INSERT INTO kept ${together(USES, grouped)}`);
    expect(shown(await run('SELECT use, g, value FROM kept'))).toEqual(known(USES, all));
  });
});
