import type { EngineConnection } from '../../src/server/engine/engine-connection.ts';
import type { EngineFixture } from '../support/engine-fixture.ts';

/** The answers, so that DuckDB can compute what a statement means without any rewriting. */
const MACROS = [
  `CREATE MACRO truth_means(t, c) AS CASE WHEN t IS NULL OR c IS NULL THEN NULL ELSE (ascii(right(t, 1)) + length(t) * 3 + ascii(c)) % 3 = 0 END`,
  `CREATE MACRO truth_summarise(t) AS CASE WHEN t IS NULL OR ascii(right(t, 1)) % 4 = 0 THEN NULL ELSE upper(right(t, 2)) END`,
  `CREATE MACRO truth_score(t, c) AS CASE WHEN t IS NULL OR c IS NULL THEN NULL ELSE ((ascii(right(t, 1)) + ascii(c)) % 10) / 10.0::DOUBLE END`,
];

const TABLES = [
  `CREATE TABLE a AS SELECT i AS id, i % 7 AS n, CASE WHEN i % 11 = 0 THEN NULL ELSE 'text ' || (i % 23) END AS d FROM range(60) r(i)`,
  `CREATE TABLE b AS SELECT i * 2 AS id, i % 5 AS k, CASE WHEN i % 9 = 0 THEN NULL ELSE 'other ' || (i % 13) END AS e FROM range(30) r(i)`,
];

function answer(name: string, text: string, criterion: string): unknown {
  const last = text.charCodeAt(text.length - 1);
  if (name === 'summarise') return last % 4 === 0 ? null : text.slice(-2).toUpperCase();
  if (name === 'score') return ((last + criterion.charCodeAt(0)) % 10) / 10;
  return (last + text.length * 3 + criterion.charCodeAt(0)) % 3 === 0;
}

/** Makes the tables of generated statements, the answers of their operators, and macros that know all of them. */
export async function makeTruth(fixture: EngineFixture, connection: EngineConnection): Promise<void> {
  fixture.judge = ({ cascade, inputs }) =>
    answer(cascade.cascadeId, String(inputs.text), String(inputs.criterion ?? ''));
  for (const sql of [...TABLES, ...MACROS]) await connection.runInternal(sql);
}

/** Rows in any order, comparable. */
export function asBag(rows: readonly (readonly unknown[])[]): readonly string[] {
  return rows
    .map((row) =>
      JSON.stringify(row, (_, value: unknown) => (typeof value === 'bigint' ? Number(value) : value)),
    )
    .sort();
}
