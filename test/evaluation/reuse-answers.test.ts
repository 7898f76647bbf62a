import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { SemanticSettings } from '../../src/operators/evaluation/statement-scope.ts';
import { ClickHouseLog } from '../../src/training/log/clickhouse-log.ts';
import { costSince } from '../../src/training/log/cost-since.ts';
import { CellMeasures } from '../../src/training/log/cell-measures.ts';
import type { ExamplePool } from '../../src/training/training.ts';
import { query, rowsOf } from '../support/engine-fixture.ts';
import { isEven, MEANS, StubStack } from '../support/stub-stack.ts';
import { callRecord } from '../training/support/call-record.ts';
import { temporaryStore } from '../training/support/temporary-store.ts';

const COUNT = `SELECT count(*) FROM t WHERE d ${MEANS} 'even'`;

/** A pool that gives every row the same examples. */
function poolOf(...traceIds: readonly string[]): ExamplePool {
  const examples = Object.freeze(
    traceIds.map((traceId, at) => ({
      traceId,
      inputs: { text: traceId, criterion: 'even' },
      output: 'true',
      confidence: 1,
      verified: false,
      ingested: at,
    })),
  );
  return { version: traceIds.join(), size: traceIds.length, trouble: null, pick: () => examples };
}

let stack: StubStack;

beforeEach(async () => {
  stack = await StubStack.open();
  stack.judge = isEven;
  await stack.table(200, 10);
  stack.pool = poolOf('old');
  await rowsOf(stack.connection, COUNT, stack.scope());
  stack.stub.clear();
  stack.notices.length = 0;
  stack.pool = poolOf('old', 'new');
});

afterEach(async () => {
  await stack.close();
});

const run = (settings: Partial<SemanticSettings> = {}) =>
  rowsOf(stack.connection, COUNT, stack.scope(settings));
const said = (): string[] => stack.notices.map(({ message }) => message);

describe('after a mark that changes the examples', () => {
  it('answers are paid for again, and a notice says how many', async () => {
    expect(await run()).toEqual([[100n]]);
    expect(stack.stub.requests).toHaveLength(10);
    expect(said()).toContain('10 known answers are paid for again, for there are new examples');
    expect(stack.summaries.at(-1)?.operators[0]).toMatchObject({ fromModel: 10, newExamples: 10 });
  });

  it('EXPLAIN (SEMANTIC) says so before they are', async () => {
    const { operators } = await stack.connection.explain(query(COUNT), [], stack.scope());
    expect(operators[0]).toMatchObject({ toPay: 10, newExamples: 10 });
    expect(operators[0]?.examples).toEqual([
      {
        cell: 'evaluate',
        strategy: 'recent',
        format: 'xml',
        traceIds: ['old', 'new'],
        lists: 1,
        trouble: null,
      },
    ]);
    expect(stack.stub.requests).toHaveLength(0);
  });

  it("'any' takes the answers that were given with other examples, and pays for new values only", async () => {
    expect(await run({ reuseAnswers: 'any' })).toEqual([[100n]]);
    expect(stack.stub.requests).toHaveLength(0);
    await stack.table(200, 12);
    expect(await run({ reuseAnswers: 'any' })).toEqual([[100n]]);
    expect(stack.stub.requests).toHaveLength(2);
  });

  it("what 'any' took is not taken for an answer with the same examples", async () => {
    await run({ reuseAnswers: 'any' });
    await run();
    expect(stack.stub.requests).toHaveLength(10);
  });

  it("'none' pays for everything, and keeps it", async () => {
    stack.pool = poolOf('old');
    await run({ reuseAnswers: 'none' });
    expect(stack.stub.requests).toHaveLength(10);
    expect(said()).not.toContain(expect.stringContaining('paid for again'));
    await run();
    expect(stack.stub.requests).toHaveLength(10);
  });

  it('nothing is paid for where the mark is taken back', async () => {
    stack.pool = poolOf('old');
    await run();
    expect(stack.stub.requests).toHaveLength(0);
  });
});

describe('the log', () => {
  it('finds the newest answer of a question, sums up a day and measures a cell', async () => {
    const home = await temporaryStore();
    const log = new ClickHouseLog(home.store);
    const answer = (traceId: string, answerKey: string, text: string) =>
      log.append(
        callRecord({ traceId, answerKey, answer: text, output: text, costUsd: 0.5, durationMs: 20 }),
      );
    answer('t1', 'q1.none', 'true');
    answer('t2', 'q1.e1', 'false');
    answer('t3', 'q2.none', 'true');
    log.append(callRecord({ traceId: 't4', answerKey: '', answer: '', error: 'no', costUsd: null }));
    expect(await log.findByQuestion(['q1', 'q2', 'q3', ''])).toEqual([
      { question: 'q1', answerKey: 'q1.e1', traceId: 't2', answer: 'false' },
      { question: 'q2', answerKey: 'q2.none', traceId: 't3', answer: 'true' },
    ]);
    expect(await costSince(home.store, new Date(Date.now() - 60_000))).toBeCloseTo(1.5);
    expect(await costSince(home.store, new Date(Date.now() + 60_000))).toBe(0);
    const measures = new CellMeasures(home.store);
    const measure = await measures.measure('semantic_matches', 'evaluate', 'scripted');
    expect(measure).toEqual({ calls: 3, meanTokensOut: 1, meanDurationMs: 20, trueShare: 2 / 3 });
    expect(await measures.measure('semantic_matches', 'evaluate', 'other')).toMatchObject({
      calls: 0,
      trueShare: null,
    });
    await log.close();
    await home.dispose();
  });
});
