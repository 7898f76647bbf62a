import { afterEach, expect, test } from 'vitest';
import { Annotations } from '../../src/training/annotations.ts';
import { ExamplePools } from '../../src/training/example-pools.ts';
import type { Store } from '../../src/training/log/store.ts';
import type { Training } from '../../src/training/training.ts';
import { rowsOf } from '../support/engine-fixture.ts';
import { MEANS, StubStack } from '../support/stub-stack.ts';

let stack: StubStack | null = null;
afterEach(async () => {
  await stack?.close();
  stack = null;
});

/** The example pools over a store, and how long statements have waited for them. */
function waitedFor(query: Store['query']) {
  const store = { exclusive: false, query } as Store;
  const warnings: string[] = [];
  const annotations = new Annotations(store, { flushLog: async () => undefined });
  const pools = new ExamplePools(store, annotations, { warn: (message) => warnings.push(message) });
  const told = { waitedMs: 0, warnings };
  let waiting = 0;
  let since = 0;
  const timed = async <T>(work: Promise<T>): Promise<T> => {
    if (waiting === 0) since = performance.now();
    waiting += 1;
    const result = await work;
    waiting -= 1;
    if (waiting === 0) told.waitedMs += performance.now() - since;
    return result;
  };
  const training: Training = {
    pool: (cell, settings) => timed(pools.pool(cell, settings)),
    verifiedAnswers: (cell) => timed(pools.verifiedAnswers(cell)),
  };
  return { training, told };
}

test.each([
  ['hangs', () => new Promise<never>(() => undefined), 'the examples did not come within 250 ms'],
  ['refuses', () => Promise.reject(new Error('connection refused')), 'connection refused'],
] as const)(
  'a store that %s adds at most 250 ms to a statement, gives one warning and no examples',
  async (_how, query, trouble) => {
    const { training, told } = waitedFor(query);
    stack = await StubStack.open({ training });
    await stack.table(30, 30);
    const sql = `SELECT count(*) FROM t WHERE d ${MEANS} 'even'`;
    expect(await rowsOf(stack.connection, sql, stack.scope())).toEqual([[30n]]);
    expect(told.waitedMs).toBeLessThan(300);
    expect(told.warnings).toEqual([`Training goes on without examples: ${trouble}`]);
    expect(stack.stub.requests).toHaveLength(30);
    for (const { prompt } of stack.stub.requests) expect(prompt).not.toContain('<examples>');
    expect(new Set(stack.log.records.map((record) => record.trainingTrouble))).toEqual(new Set([trouble]));
  },
);
