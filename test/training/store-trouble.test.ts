import { afterEach, expect, test } from 'vitest';
import { SqlError } from '../../src/errors.ts';
import type { CallLog } from '../../src/training/log/call-log.ts';
import { Reach } from '../../src/training/log/reach.ts';
import type { Store } from '../../src/training/log/store.ts';
import { TrainingSystem } from '../../src/training/training-system.ts';
import type { Training } from '../../src/training/training.ts';
import { rowsOf } from '../support/engine-fixture.ts';
import { MEANS, StubStack } from '../support/stub-stack.ts';

let stack: StubStack | null = null;
afterEach(async () => {
  await stack?.close();
  stack = null;
});

/** Pools and log over a store that does nothing but this, and how long statements have waited for them. */
function waitedFor(answer: () => Promise<never>) {
  const store = { exclusive: false, query: answer, command: answer, insert: answer } as unknown as Store;
  const warnings: string[] = [];
  const system = new TrainingSystem(store, { warn: (message) => warnings.push(message) });
  const told = { waitedMs: 0, warnings, troubles: new Set<string | null>() };
  let waiting = 0;
  let since = 0;
  const timed = async <T>(work: Promise<T>): Promise<T> => {
    if (waiting === 0) since = performance.now();
    waiting += 1;
    try {
      return await work;
    } finally {
      waiting -= 1;
      if (waiting === 0) told.waitedMs += performance.now() - since;
    }
  };
  const training: Training = {
    pool: (cell, settings) => timed(system.pools.pool(cell, settings)),
    verifiedAnswers: (cell) => timed(system.pools.verifiedAnswers(cell)),
  };
  const log: CallLog = {
    append: (record) => {
      told.troubles.add(record.trainingTrouble);
      system.log.append(record);
    },
    findAnswers: (keys) => timed(system.log.findAnswers(keys)),
    findByQuestion: (questions) => timed(system.log.findByQuestion(questions)),
    flush: () => system.log.flush(),
  };
  return { training, log, told };
}

const HANGS = () => new Promise<never>(() => undefined);
const REFUSES = () => Promise.reject(new SqlError('58030', 'connection refused'));

test.each([
  ['hangs', HANGS, 'the examples did not come within 250 ms', 'the log did not answer within 250 ms'],
  ['refuses', REFUSES, 'connection refused', 'connection refused'],
] as const)(
  'a store that %s adds at most 250 ms to a statement, gives one warning, no examples and no known answers',
  async (_how, answer, noExamples, noAnswers) => {
    const { training, log, told } = waitedFor(answer);
    stack = await StubStack.open({ training, log });
    await stack.table(30, 30);
    const sql = `SELECT count(*) FROM t WHERE d ${MEANS} 'even'`;
    expect(await rowsOf(stack.connection, sql, stack.scope())).toEqual([[30n]]);
    expect(told.waitedMs).toBeLessThan(300);
    expect(told.warnings).toContain(`Training goes on without examples: ${noExamples}`);
    expect(stack.notices.filter(({ severity }) => severity === 'WARNING')).toEqual([
      {
        severity: 'WARNING',
        code: '01000',
        message: `the log is out of reach, so what it knows is asked again: ${noAnswers}`,
      },
    ]);
    expect(told.troubles).toEqual(new Set([noExamples]));
    expect(stack.stub.requests).toHaveLength(30);
    for (const { prompt } of stack.stub.requests) expect(prompt).not.toContain('<examples>');
  },
);

/** A store whose long question takes a while and whose pulse is as it is told. */
function storeWith(longMs: number, pulse: () => Promise<readonly unknown[]>): Store {
  const query = async (lane: string) => {
    if (lane === 'pulse') return pulse();
    await new Promise((resolve) => setTimeout(resolve, longMs));
    return ['found'];
  };
  return { exclusive: true, query } as unknown as Store;
}

test('a store that is busy with a long question is waited for: what it knows is not paid for again', async () => {
  const store = storeWith(900, async () => []);
  const reach = new Reach(store);
  expect(await reach.within(() => store.query('answers', 'long'))).toEqual(['found']);
});

test('a store that answers nothing is given up, asked no more while it is silent, and asked again when it speaks', async () => {
  const store = storeWith(900, HANGS);
  const reach = new Reach(store);
  const question = () => reach.within(() => store.query('answers', 'long'));
  const started = performance.now();
  await expect(question()).rejects.toMatchObject({
    code: '58030',
    message: 'the log did not answer within 250 ms',
  });
  await expect(question()).rejects.toMatchObject({ code: '58030' });
  expect(performance.now() - started).toBeLessThan(300);
  await new Promise((resolve) => setTimeout(resolve, 900));
  expect(await reach.within(async () => 'quick')).toBe('quick');
});
