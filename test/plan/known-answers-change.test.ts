import { afterEach, describe, expect, it } from 'vitest';
import { uuidV7 } from '../../src/operators/runner/uuid-v7.ts';
import type { ExamplePool } from '../../src/training/training.ts';
import { rowsOf } from '../support/engine-fixture.ts';
import type { JudgedItem } from '../support/judging-stub.ts';
import { isEven, MEANS, StubStack } from '../support/stub-stack.ts';

const ROWS = 20_000;
const DISTINCT = 20;
const COUNT = `SELECT count(*) FROM t WHERE d ${MEANS} 'even'`;
const HALF = [[BigInt(ROWS / 2)]];
const NONE = [[0n]];

/** Answers are looked up by DuckDB as soon as they are known. */
const knownAnswers = { lookupsBeforeFirst: 0, pays: () => true };

let stack: StubStack;

afterEach(() => stack.close());

async function open(judge: (item: JudgedItem) => boolean, edit = (yaml: string) => yaml): Promise<void> {
  stack = await StubStack.open({ knownAnswers, edit });
  stack.judge = judge;
  await stack.table(ROWS, DISTINCT);
}

/** The rows of COUNT, the requests that it made, and how many of its rows were asked of the function. */
async function count(): Promise<{ rows: unknown; requests: number; asked: number }> {
  stack.stub.clear();
  const rows = await rowsOf(stack.connection, COUNT, stack.scope());
  const asked = stack.summaries.at(-1)?.operators[0]?.rows ?? 0;
  return { rows, requests: stack.stub.requests.length, asked };
}

/** The pool after these calls were marked, which every row is shown. */
function poolOf(...traceIds: readonly string[]): ExamplePool {
  const inputs = { text: 'marked', criterion: 'even' };
  const examples = Object.freeze(
    traceIds.map((traceId, ingested) => ({
      ...{ traceId, inputs, ingested, output: 'false', confidence: 1, verified: false },
    })),
  );
  return { version: traceIds.join(), size: traceIds.length, trouble: null, pick: () => examples };
}

describe('answers that DuckDB looks up', { timeout: 120_000 }, () => {
  it('are those of the marks as they are when the statement begins', async () => {
    await open(isEven);
    const unmarked = stack.pool;
    await count();
    expect(await count()).toEqual({ rows: HALF, requests: 0, asked: 0 });
    stack.pool = poolOf('mark');
    stack.judge = () => false;
    expect(await count()).toEqual({ rows: NONE, requests: DISTINCT, asked: ROWS });
    expect(await count()).toEqual({ rows: NONE, requests: 0, asked: 0 });
    // The mark is taken back.
    stack.pool = unmarked;
    expect(await count()).toEqual({ rows: HALF, requests: 0, asked: 0 });
  });

  it('are those of a mark that is made while a transaction is open', async () => {
    await open(isEven);
    await count();
    await stack.connection.runInternal('BEGIN');
    expect((await count()).rows).toEqual(HALF);
    stack.pool = poolOf('mark');
    stack.judge = () => false;
    expect((await count()).rows).toEqual(NONE);
    expect((await count()).rows).toEqual(NONE);
    await stack.connection.runInternal('COMMIT');
  });

  it('are never any whose ttl may end', async () => {
    await open(isEven, (yaml) => yaml.replace('  shape: scalar', '  shape: scalar\n  ttl: 1h'));
    const find = stack.log.findAnswers.bind(stack.log);
    let ageMs = 0;
    stack.log.findAnswers = async (keys) =>
      (await find(keys)).map((answer) => ({ ...answer, traceId: uuidV7(Date.now() - ageMs) }));
    await count();
    expect(await count()).toEqual({ rows: HALF, requests: 0, asked: ROWS });
    ageMs = 3_700_000;
    stack.judge = () => false;
    expect(await count()).toEqual({ rows: NONE, requests: DISTINCT, asked: ROWS });
  });
});
