import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { EngineConnection } from '../../src/server/engine/engine-connection.ts';
import { EngineFixture, rowsOf } from '../support/engine-fixture.ts';
import { type GeneratedStatement, StatementGenerator } from './statement-generator.ts';
import { asSymbols, operators } from './operators.ts';

const STATEMENTS = 400;
const SEED = 20_261_122;

let fixture: EngineFixture;
let connection: EngineConnection;

/** The answers, so that DuckDB can compute what a statement means without any rewriting. */
const TRUTH = [
  `CREATE MACRO truth_means(t, c) AS CASE WHEN t IS NULL OR c IS NULL THEN NULL ELSE (ascii(right(t, 1)) + length(t) * 3 + ascii(c)) % 3 = 0 END`,
  `CREATE MACRO truth_summarise(t) AS CASE WHEN t IS NULL OR ascii(right(t, 1)) % 4 = 0 THEN NULL ELSE upper(right(t, 2)) END`,
  `CREATE MACRO truth_score(t, c) AS CASE WHEN t IS NULL OR c IS NULL THEN NULL ELSE ((ascii(right(t, 1)) + ascii(c)) % 10) / 10.0::DOUBLE END`,
];

function answer(name: string, text: string, criterion: string): unknown {
  const last = text.charCodeAt(text.length - 1);
  if (name === 'summarise') return last % 4 === 0 ? null : text.slice(-2).toUpperCase();
  if (name === 'score') return ((last + criterion.charCodeAt(0)) % 10) / 10;
  return (last + text.length * 3 + criterion.charCodeAt(0)) % 3 === 0;
}

beforeAll(async () => {
  fixture = await EngineFixture.open(operators);
  connection = await fixture.connect();
  fixture.judge = ({ cascade, inputs }) =>
    answer(cascade.cascadeId, String(inputs.text), String(inputs.criterion ?? ''));
  await connection.runInternal(
    `CREATE TABLE a AS SELECT i AS id, i % 7 AS n, CASE WHEN i % 11 = 0 THEN NULL ELSE 'text ' || (i % 23) END AS d FROM range(60) r(i)`,
  );
  await connection.runInternal(
    `CREATE TABLE b AS SELECT i * 2 AS id, i % 5 AS k, CASE WHEN i % 9 = 0 THEN NULL ELSE 'other ' || (i % 13) END AS e FROM range(30) r(i)`,
  );
  for (const macro of TRUTH) await connection.runInternal(macro);
});

afterAll(async () => {
  await connection.close();
  await fixture.close();
});

type Reuse = 'none' | 'same_examples';

async function evaluated(sql: string, reuseAnswers: Reuse): Promise<readonly string[]> {
  const scope = fixture.scope({ maxPairs: 100_000, reuseAnswers });
  return asBag(await rowsOf(connection, asSymbols(sql), scope));
}

/** The same statement over functions that know every answer. */
async function meant(sql: string): Promise<readonly string[]> {
  return asBag(await connection.runInternal(sql));
}

function asBag(rows: readonly (readonly unknown[])[]): readonly string[] {
  return rows
    .map((row) =>
      JSON.stringify(row, (_, value: unknown) => (typeof value === 'bigint' ? Number(value) : value)),
    )
    .sort();
}

async function compare({ semantic, truth, limit }: GeneratedStatement, reuse: Reuse): Promise<void> {
  const all = await meant(truth);
  const got = await evaluated(semantic, reuse);
  const label = `answers reused: ${reuse}: ${semantic}`;
  if (limit === null) expect(got, label).toEqual(all);
  const strange = got.filter((row) => !all.includes(row));
  expect(strange, label).toEqual([]);
  expect(got.length, label).toBe(Math.min(limit ?? all.length, all.length));
}

describe('a rewritten statement', () => {
  const most = { timeout: 300_000 };

  it(`gives the rows of the statement as written, for ${STATEMENTS} generated ones`, most, async () => {
    const generator = new StatementGenerator(SEED);
    for (let at = 0; at < STATEMENTS; at += 1) {
      const statement = generator.statement();
      await compare(statement, 'none');
      await compare(statement, 'same_examples');
    }
    expect(fixture.calls.length).toBeGreaterThan(STATEMENTS);
  });
});
