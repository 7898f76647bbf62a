import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { EngineConnection } from '../../src/server/engine/engine-connection.ts';
import { EngineFixture, rowsOf } from '../support/engine-fixture.ts';
import { type GeneratedStatement, StatementGenerator } from './statement-generator.ts';
import { asSymbols, operators } from './operators.ts';
import { asBag, makeTruth } from './truth.ts';

const STATEMENTS = 400;
const SEED = 20_261_122;

let fixture: EngineFixture;
let connection: EngineConnection;

beforeAll(async () => {
  fixture = await EngineFixture.open(operators);
  connection = await fixture.connect();
  await makeTruth(fixture, connection);
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
