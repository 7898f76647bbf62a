import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { DailyBudget } from '../../src/operators/evaluation/spending/daily-budget.ts';
import type { SemanticSettings } from '../../src/operators/evaluation/statement-scope.ts';
import { rowsOf } from '../support/engine-fixture.ts';
import { isEven, MEANS, StubStack } from '../support/stub-stack.ts';

const COUNT = `SELECT count(*) FROM t WHERE d ${MEANS} 'even'`;

let stack: StubStack;

beforeEach(async () => {
  stack = await StubStack.open();
  stack.judge = isEven;
});

afterEach(async () => {
  await stack.close();
});

const run = (settings: Partial<SemanticSettings>) => rowsOf(stack.connection, COUNT, stack.scope(settings));

describe('rvbbit.max_calls', () => {
  it('stops the statement, starts no call beyond it, and says what was spent and what is kept', async () => {
    await stack.table(1000, 100);
    stack.stub.latencyMs = 5;
    await expect(run({ maxCalls: 30 })).rejects.toMatchObject({
      code: '53400',
      message: 'the statement was stopped: rvbbit.max_calls = 30 is reached',
      detail: expect.stringMatching(
        /^Spent: 30 calls, \d+ tokens, \$0\.00\d+\. Kept: 30 answers, which/,
      ) as string,
      hint: expect.stringContaining('SET rvbbit.max_calls = 0') as string,
    });
    expect(stack.stub.requests).toHaveLength(30);
    expect(stack.log.records.filter(({ answerKey }) => answerKey !== '')).toHaveLength(30);
  });

  it('keeps what was paid for: statement by statement everything is answered', async () => {
    await stack.table(1000, 100);
    for (let at = 0; at < 3; at += 1) await run({ maxCalls: 30 }).catch(() => undefined);
    expect(await run({ maxCalls: 30 })).toEqual([[500n]]);
    expect(stack.stub.requests).toHaveLength(100);
  });

  it('lets a statement through that needs exactly so many', async () => {
    await stack.table(1000, 100);
    expect(await run({ maxCalls: 100 })).toEqual([[500n]]);
  });

  it('counts requests, not rows', async () => {
    await stack.table(1000, 100);
    expect(await run({ maxCalls: 7, batchSize: 16 })).toEqual([[500n]]);
  });

  it('counts each repetition of an invalid reply', async () => {
    await stack.table(10, 1);
    stack.stub.answer = () => 'no idea';
    await expect(run({ maxCalls: 2 })).rejects.toMatchObject({ code: '53400' });
    expect(stack.stub.requests).toHaveLength(2);
  });

  it('stops a statement even where failed calls give NULL', async () => {
    await stack.table(1000, 100);
    await expect(run({ maxCalls: 30, onError: 'null' })).rejects.toMatchObject({ code: '53400' });
  });

  it('of one statement does not stop another that waits for the same calls', async () => {
    await stack.table(1000, 60);
    stack.stub.latencyMs = 200;
    const other = await stack.connectAgain();
    const poor = run({ maxCalls: 10 });
    poor.catch(() => undefined);
    await expect.poll(() => stack.stub.requests.length).toBe(10);
    const rich = rowsOf(other, COUNT, { ...stack.scope(), sessionId: 'session-2' });
    await expect(poor).rejects.toMatchObject({ code: '53400' });
    expect(await rich).toEqual([[500n]]);
    expect(stack.stub.requests).toHaveLength(60);
    await other.close();
  });
});

describe('rvbbit.max_tokens and rvbbit.max_cost_usd', () => {
  it('stop the statement before they are passed', async () => {
    await stack.table(1000, 100);
    await expect(run({ maxTokens: 5_000 })).rejects.toMatchObject({
      message: 'the statement was stopped: rvbbit.max_tokens = 5000 is reached',
    });
    const tokens = stack.log.records.reduce((sum, { tokensIn, tokensOut }) => sum + tokensIn + tokensOut, 0);
    expect(tokens).toBeLessThanOrEqual(5_000);
    expect(tokens).toBeGreaterThan(4_000);
    await expect(run({ maxCostUsd: 0.001 })).rejects.toMatchObject({ code: '53400' });
    const { spent } = stack.summaries.at(-1) as { spent: { costUsd: number } };
    expect(spent.costUsd).toBeLessThanOrEqual(0.001);
    expect(spent.costUsd).toBeGreaterThan(0.0008);
  });

  it('are refused at once where the price of the model is not known', async () => {
    await stack.table(10, 10);
    await expect(run({ maxCostUsd: 1, model: 'openai/homemade' })).rejects.toMatchObject({
      code: '0A000',
      message: expect.stringContaining('no price is known for the model "homemade"') as string,
    });
    expect(stack.stub.requests).toHaveLength(0);
  });
});

describe('the budget of a day', () => {
  it('is shared by all statements', async () => {
    const own = await StubStack.open({ dailyCostUsd: 0.002 });
    await own.table(1000, 100);
    await expect(rowsOf(own.connection, COUNT, own.scope())).rejects.toMatchObject({
      code: '53400',
      message: 'the statement was stopped: RVBBIT_DAILY_COST_USD = 0.002 is reached',
    });
    const sent = own.stub.requests.length;
    expect(sent).toBeGreaterThan(5);
    await expect(rowsOf(own.connection, COUNT, own.scope())).rejects.toMatchObject({ code: '53400' });
    const cost = own.log.records.reduce((sum, { costUsd }) => sum + (costUsd ?? 0), 0);
    expect(cost).toBeLessThanOrEqual(0.002);
    expect(own.stub.requests.length).toBeLessThan(100);
    await own.close();
  });

  it('begins with what the log says and anew at midnight UTC', () => {
    let now = Date.UTC(2026, 0, 1, 23, 59);
    const day = new DailyBudget(1, 0.9, () => now);
    expect(day.allows(0.2)).toBe(false);
    day.add(0.1);
    expect(day.allows(0.01)).toBe(false);
    now += 120_000;
    expect(day.allows(1)).toBe(true);
    expect(day.spentUsd).toBe(0);
  });
});

describe('rvbbit.progress', () => {
  it('says once a second how far a statement is, and nothing where it is off', async () => {
    await stack.table(1000, 100);
    stack.stub.latencyMs = 450;
    await run({ progress: true });
    const said = stack.notices.filter(({ message }) => / of 100 answers, \$/.test(message));
    expect(said.length).toBeGreaterThanOrEqual(1);
    expect(said.length).toBeLessThanOrEqual(3);
    expect(said[0]?.message).toMatch(/^\d+ of 100 answers, \$0\.00\d+, about \d+ s left$/);
    stack.notices.length = 0;
    stack.stub.latencyMs = 0;
    await rowsOf(stack.connection, COUNT.replace('even', 'else'), stack.scope());
    expect(stack.notices.filter(({ message }) => message.includes('answers, $'))).toEqual([]);
  });

  it('is there for others to see', async () => {
    await stack.table(1000, 100);
    stack.stub.latencyMs = 60;
    const running = run({});
    await expect.poll(() => stack.evaluations.inFlight.rows()[0]?.callsDone ?? 0).toBeGreaterThanOrEqual(20);
    const [row] = stack.evaluations.inFlight.rows();
    expect(row).toMatchObject({ sessionId: 'session-1', statementId: 'statement-1', caller: 'sql' });
    expect((row?.callsDone ?? 0) + (row?.callsToDo ?? 0)).toBe(100);
    expect(row?.etaSeconds).toBeGreaterThan(0);
    await running;
    await sleep(0);
    expect(stack.evaluations.inFlight.rows()).toEqual([]);
  });
});

describe('the summary of a statement', () => {
  it('says where each answer came from', async () => {
    await stack.table(200, 10);
    await run({});
    await stack.table(200, 25);
    await run({});
    expect(stack.summaries.map(({ operators }) => operators[0])).toEqual([
      {
        name: 'semantic_matches',
        rows: 200,
        distinct: 10,
        fromMemory: 0,
        fromLog: 0,
        fromModel: 10,
        fromProxy: 0,
        fromHuman: 0,
        unanswered: 0,
        newExamples: 0,
      },
      {
        name: 'semantic_matches',
        rows: 200,
        distinct: 25,
        fromMemory: 10,
        fromLog: 0,
        fromModel: 15,
        fromProxy: 0,
        fromHuman: 0,
        unanswered: 0,
        newExamples: 0,
      },
    ]);
    expect(stack.summaries[1]?.spent.calls).toBe(15);
  });
});
