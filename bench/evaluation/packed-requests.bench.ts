import { afterEach, beforeEach, describe, it } from 'vitest';
import { rowsOf } from '../../test/support/engine-fixture.ts';
import { isEven, MEANS, StubStack } from '../../test/support/stub-stack.ts';
import { report } from '../support/report.ts';

const LATENCY_MS = 200;
const CONCURRENCY = 20;

let stack: StubStack;

beforeEach(async () => {
  stack = await StubStack.open({ concurrency: CONCURRENCY });
  stack.judge = isEven;
  stack.stub.latencyMs = LATENCY_MS;
});

afterEach(async () => {
  await stack.close();
});

async function run(
  sql: string,
  batchSize: number,
): Promise<{ readonly requests: number; readonly ms: number }> {
  stack.stub.clear();
  const start = performance.now();
  await rowsOf(stack.connection, sql, stack.scope({ batchSize }));
  return { requests: stack.stub.requests.length, ms: performance.now() - start };
}

describe('requests over HTTP', () => {
  it.each([
    [1, 100],
    [16, 7],
  ])('1: for 100 distinct values of 2,000 rows at B=%i', async (batchSize, most) => {
    await stack.table(2000, 100);
    const { requests, ms } = await run(`SELECT count(*) FROM t WHERE d ${MEANS} 'even'`, batchSize);
    report({
      what: `requests for 2,000 rows, 100 distinct, B=${batchSize}`,
      value: requests,
      target: { atMost: most },
      from: `${ms.toFixed(0)} ms, ${LATENCY_MS} ms a request, ${CONCURRENCY} in flight`,
    });
  });

  it('4: for all pairs of reviews of one sentiment at B=16', async () => {
    await stack.connection.runInternal(
      "CREATE TABLE l AS SELECT i AS id, 'review ' || (i % 128) AS d FROM range(256) r(i)",
    );
    await stack.connection.runInternal(
      "CREATE TABLE m AS SELECT i AS id, 'critique ' || (i % 128) AS d FROM range(256) r(i)",
    );
    const sql = `SELECT count(*) FROM l a, m b WHERE (a.d ${MEANS} 'glad') = (b.d ${MEANS} 'glad')`;
    const { requests, ms } = await run(sql, 16);
    report({
      what: 'requests for all pairs of reviews of one sentiment, B=16',
      value: requests,
      target: { atMost: 16 },
      from: `256 × 256 rows, 128 distinct texts a side, ${ms.toFixed(0)} ms, ${CONCURRENCY} in flight`,
    });
  });
});
