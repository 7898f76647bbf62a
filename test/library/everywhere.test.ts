import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { packagePath } from '../../src/cli/package-folder.ts';
import { loadOperatorSet } from '../../src/operators/cascade/load-cascades.ts';
import type { OperatorSet } from '../../src/operators/cascade/operator-set.ts';
import type { EngineConnection } from '../../src/server/engine/engine-connection.ts';
import { EngineFixture } from '../support/engine-fixture.ts';
import { KNOWN, knownAnswer } from './support/known-answers.ts';
import { runSql } from './support/run-sql.ts';

interface Operator {
  readonly id: string;
  /** The call on a text that is written in SQL. */
  readonly sql: (text: string) => string;
  /** The other inputs of the call. */
  readonly inputs?: Readonly<Record<string, unknown>>;
  readonly negated?: boolean;
}

const LABELS = ['red', 'green', 'blue'];
const OPERATORS: readonly Operator[] = [
  { id: 'semantic_matches', sql: (x) => `${x} MEANS 'even'`, inputs: { criterion: 'even' } },
  {
    id: 'semantic_matches',
    sql: (x) => `${x} NOT MEANS 'even'`,
    inputs: { criterion: 'even' },
    negated: true,
  },
  { id: 'semantic_matches', sql: (x) => `${x} matches 'odd'`, inputs: { criterion: 'odd' } },
  { id: 'semantic_matches', sql: (x) => `Semantic_Matches(${x}, 'even')`, inputs: { criterion: 'even' } },
  { id: 'semantic_score', sql: (x) => `${x} ABOUT 'c'` },
  { id: 'semantic_score', sql: (x) => `${x} RELEVANCE TO 'c'` },
  { id: 'semantic_implies', sql: (x) => `${x} IMPLIES 's'`, inputs: { statement: 's' } },
  { id: 'semantic_contradicts', sql: (x) => `${x} CONTRADICTS 's'` },
  { id: 'semantic_supports', sql: (x) => `${x} SUPPORTS 's'` },
  { id: 'semantic_supports', sql: (x) => `${x} NOT SUPPORTS 's'`, negated: true },
  { id: 'semantic_sounds_like', sql: (x) => `${x} SOUNDS_LIKE 'text 3'`, inputs: { other: 'text 3' } },
  { id: 'semantic_same_as', sql: (x) => `${x} SAME_AS 'a 3'`, inputs: { other: 'a 3' } },
  { id: 'semantic_aligns_with', sql: (x) => `${x} ALIGNS WITH 'p'` },
  { id: 'semantic_ask', sql: (x) => `${x} ASK 'who?'`, inputs: { question: 'who?' } },
  { id: 'semantic_ask', sql: (x) => `ASK(${x}, 'who?')`, inputs: { question: 'who?' } },
  { id: 'semantic_extracts', sql: (x) => `${x} EXTRACTS 'n'`, inputs: { what: 'n' } },
  {
    id: 'semantic_extract_struct',
    sql: (x) => `extract_struct(${x}, '{"name": "VARCHAR", "n": "INTEGER"}')`,
  },
  {
    id: 'semantic_classify',
    sql: (x) => `CLASSIFY(${x}, ['red', 'green', 'blue'])`,
    inputs: { labels: LABELS },
  },
  { id: 'semantic_sentiment', sql: (x) => `SENTIMENT(${x})` },
  { id: 'semantic_condense', sql: (x) => `CONDENSE(${x})`, inputs: { words: 40 } },
  { id: 'semantic_condense', sql: (x) => `condense(${x}, 7)`, inputs: { words: 7 } },
  { id: 'semantic_tldr', sql: (x) => `TLDR(${x})` },
  { id: 'semantic_formalize', sql: (x) => `formalize(${x})` },
  { id: 'semantic_anonymize', sql: (x) => `anonymize(${x})` },
  { id: 'semantic_translate', sql: (x) => `TRANSLATE(${x}, 'German')`, inputs: { language: 'German' } },
  { id: 'semantic_normalize', sql: (x) => `normalize(${x}, 'code')` },
  { id: 'semantic_fix', sql: (x) => `fix(${x})` },
  { id: 'semantic_valid', sql: (x) => `valid(${x}, 'name')` },
  { id: 'semantic_quality', sql: (x) => `quality(${x})` },
  { id: 'semantic_parse_name', sql: (x) => `parse_name(${x})` },
  { id: 'semantic_parse_address', sql: (x) => `parse_address(${x})` },
  { id: 'semantic_parse_phone', sql: (x) => `parse_phone(${x})` },
  { id: 'semantic_parse_date', sql: (x) => `parse_date(${x})` },
  { id: 'semantic_parse_quantity', sql: (x) => `parse_quantity(${x})` },
];

const ROWS = [1, 2, 3, 4, 5, 6].map((id) => ({ id, g: id % 2, body: `text ${id % 4}` }));

let operators: OperatorSet;
let fixture: EngineFixture;
let connection: EngineConnection;

beforeAll(async () => {
  operators = await loadOperatorSet([packagePath('cascades')], 1);
  fixture = await EngineFixture.open(operators);
  fixture.judge = knownAnswer;
  connection = await fixture.connect();
  await connection.runInternal('CREATE TABLE t (id INTEGER, g INTEGER, body VARCHAR, label VARCHAR)');
  const values = ROWS.map(({ id, g, body }) => `(${id}, ${g}, '${body}', NULL)`).join(', ');
  await connection.runInternal(`INSERT INTO t VALUES ${values}`);
  await connection.runInternal('CREATE TABLE kept (id INTEGER, label VARCHAR)');
});

afterAll(async () => {
  await connection.close();
  await fixture.close();
});

const run = (sql: string, parameters: readonly string[] = []) =>
  runSql(fixture, connection, operators, sql, parameters);

/** As JSON, so that answers of every type are compared alike. */
const shown = (operator: Operator, text: string) => `CAST(to_json(${operator.sql(text)}) AS VARCHAR)`;
const answer = ({ id, inputs, negated }: Operator, text: string): string => {
  const value = KNOWN[id]?.({ ...inputs, text });
  return JSON.stringify(negated === true ? value !== true : value);
};
const by = <T>(items: readonly T[], ...keys: ((item: T) => string | number)[]) =>
  items.toSorted((a, b) => {
    const key = keys.find((of) => of(a) !== of(b));
    return key === undefined ? 0 : key(a) < key(b) ? -1 : 1;
  });

describe.each(OPERATORS.map((operator) => [operator.sql('…'), operator] as const))(
  '%s',
  (_name, operator) => {
    const of = ({ body }: { body: string }) => answer(operator, body);
    const wanted = answer(operator, 'text 3');
    const literal = `'${wanted.replaceAll("'", "''")}'`;
    const call = shown(operator, 'body');
    const hits = ROWS.filter((row) => of(row) === wanted);

    it('gives its answer in SELECT', async () => {
      expect(await run(`SELECT id, ${call} FROM t ORDER BY id`)).toEqual(
        ROWS.map((row) => [row.id, of(row)]),
      );
    });

    it('takes a literal, an expression and a parameter', async () => {
      expect(await run(`SELECT ${shown(operator, "'a 2'")}`)).toEqual([[answer(operator, 'a 2')]]);
      expect(await run(`SELECT ${shown(operator, "('an ' || body)")} FROM t WHERE id = 3`)).toEqual([
        [wanted],
      ]);
      expect(await run(`SELECT ${shown(operator, '$1')}`, ['a 1'])).toEqual([[answer(operator, 'a 1')]]);
    });

    it('selects in WHERE, in a subquery and in a common table expression', async () => {
      const expected = hits.map(({ id }) => [id]);
      expect(await run(`SELECT id FROM t WHERE ${call} = ${literal} ORDER BY id`)).toEqual(expected);
      expect(
        await run(`SELECT id FROM t WHERE id IN (SELECT id FROM t WHERE ${call} = ${literal}) ORDER BY id`),
      ).toEqual(expected);
      expect(
        await run(
          `WITH c AS (SELECT id, ${call} AS v FROM t) SELECT id FROM c WHERE v = ${literal} ORDER BY id`,
        ),
      ).toEqual(expected);
    });

    it('makes the groups of GROUP BY and selects among them in HAVING', async () => {
      const groups = [...new Set(ROWS.map(of))].map((v) => [
        v,
        BigInt(ROWS.filter((row) => of(row) === v).length),
      ]);
      expect(await run(`SELECT ${call} AS v, count(*) FROM t GROUP BY ${call} ORDER BY v`)).toEqual(
        by(groups, ([v]) => String(v)),
      );
      expect(
        await run(`SELECT body, count(*) FROM t GROUP BY body HAVING ${call} = ${literal} ORDER BY body`),
      ).toEqual(
        [...new Set(hits.map(({ body }) => body))]
          .sort()
          .map((body) => [body, BigInt(hits.filter((hit) => hit.body === body).length)]),
      );
    });

    it('sorts in ORDER BY', async () => {
      expect(await run(`SELECT id FROM t ORDER BY ${call}, id`)).toEqual(
        by(ROWS, of, ({ id }) => id).map(({ id }) => [id]),
      );
    });

    it('joins in ON', async () => {
      const pairs = ROWS.flatMap((a) => ROWS.filter((b) => of(a) === of(b)).map((b) => [a.id, b.id]));
      const on = `${shown(operator, 'a.body')} = ${shown(operator, 'b.body')}`;
      expect(await run(`SELECT a.id, b.id FROM t a JOIN t b ON ${on} ORDER BY 1, 2`)).toEqual(pairs);
    });

    it('decides in CASE and feeds a window', async () => {
      expect(
        await run(`SELECT CASE WHEN ${call} = ${literal} THEN 'yes' ELSE 'no' END FROM t ORDER BY id`),
      ).toEqual(ROWS.map((row) => [of(row) === wanted ? 'yes' : 'no']));
      const top = (g: number) =>
        ROWS.filter((row) => row.g === g)
          .map(of)
          .sort()
          .at(-1);
      expect(await run(`SELECT id, max(${call}) OVER (PARTITION BY g) FROM t ORDER BY id`)).toEqual(
        ROWS.map((row) => [row.id, top(row.g)]),
      );
    });

    it('is written by UPDATE and INSERT … SELECT', async () => {
      await run(`UPDATE t SET label = ${call} WHERE id > 2`);
      expect(await run('SELECT id, label FROM t WHERE id > 2 ORDER BY id')).toEqual(
        ROWS.filter(({ id }) => id > 2).map((row) => [row.id, of(row)]),
      );
      await run('DELETE FROM kept');
      await run(`INSERT INTO kept SELECT id, ${call} FROM t WHERE ${call} = ${literal}`);
      expect(await run('SELECT id, label FROM kept ORDER BY id')).toEqual(hits.map(({ id }) => [id, wanted]));
    });
  },
);
