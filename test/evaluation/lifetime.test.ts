import { afterEach, describe, expect, it } from 'vitest';
import type { SqlFunction } from '../../src/operators/cascade/cascade.ts';
import { uuidV7 } from '../../src/operators/runner/uuid-v7.ts';
import { EngineFixture, rowsOf } from '../support/engine-fixture.ts';
import { operatorOf, operatorSetOf } from '../support/operator-fixture.ts';

let fixture: EngineFixture;

afterEach(() => fixture.close());

/** Calls made by the same statement, run twice; answers in the log are `ageMs` old. */
async function callsOfTwo(lifetime: Pick<SqlFunction, 'cache' | 'ttlMs'>, ageMs: number): Promise<number> {
  const { cascade, sql } = operatorOf({ name: 'judge', returns: 'VARCHAR', args: [{ name: 'text' }] });
  const lasting = { ...sql, ...lifetime };
  fixture = await EngineFixture.open(
    operatorSetOf([{ cascade: { ...cascade, sqlFunction: lasting }, sql: lasting }]),
  );
  const find = fixture.log.findAnswers.bind(fixture.log);
  fixture.log.findAnswers = async (keys) =>
    (await find(keys)).map((answer) => ({ ...answer, traceId: uuidV7(Date.now() - ageMs) }));
  fixture.judge = () => 'said';
  const connection = await fixture.connect();
  const statement = "SELECT judge(x), judge(x) FROM (VALUES ('a'), ('b')) v(x)";
  for (let run = 0; run < 2; run += 1) {
    expect(await rowsOf(connection, statement, fixture.scope())).toEqual([
      ['said', 'said'],
      ['said', 'said'],
    ]);
  }
  await connection.close();
  return fixture.calls.length;
}

describe('an answer', () => {
  it('is taken again without end where nothing is said', async () => {
    expect(await callsOfTwo({}, 1e9)).toBe(2);
  });

  it('is never taken again where the operator keeps none', async () => {
    expect(await callsOfTwo({ cache: false }, 0)).toBe(4);
  });

  it('is taken again until it is too old', async () => {
    expect(await callsOfTwo({ ttlMs: 60_000 }, 30_000)).toBe(2);
    await fixture.close();
    expect(await callsOfTwo({ ttlMs: 60_000 }, 90_000)).toBe(4);
  });
});
