import { describe, it } from 'vitest';
import { rowsOf } from '../../test/support/engine-fixture.ts';
import { judging } from '../../test/support/judging-stub.ts';
import { isEven, MEANS, StubStack } from '../../test/support/stub-stack.ts';
import { report } from '../support/report.ts';

const CALLS = 3_000;
const CONCURRENCY = 20;
const MEAN_MS = 200;

/** Numbers from 0 to 1, the same in every run. */
function dice(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

interface Endpoint {
  readonly refusedShare: number;
  readonly requestsPerMinute?: number;
}

/** Wall and ideal of a statement of CALLS calls, in milliseconds. */
async function wall({ refusedShare, requestsPerMinute }: Endpoint): Promise<readonly [number, number]> {
  const limits = requestsPerMinute === undefined ? {} : { requestsPerMinute };
  const stack = await StubStack.open({ concurrency: CONCURRENCY, limits, retry: { baseDelayMs: 250 } });
  const random = dice(7);
  const honest = judging(isEven);
  let latencies = 0;
  stack.stub.answer = (request) => {
    const latencyMs = -Math.log(1 - random()) * MEAN_MS;
    if (random() < refusedShare) return { status: 429, headers: { 'retry-after-ms': '100' }, latencyMs };
    latencies += latencyMs;
    return { content: honest(request) as string, latencyMs };
  };
  const calls = CALLS;
  await stack.table(calls, calls);
  const start = performance.now();
  await rowsOf(stack.connection, `SELECT count(*) FROM t WHERE d ${MEANS} 'even'`, stack.scope());
  const ms = performance.now() - start;
  await stack.close();
  const mean = latencies / calls;
  const paced = requestsPerMinute === undefined ? 0 : (calls * 60_000) / requestsPerMinute;
  return [ms, Math.max(Math.ceil(calls / CONCURRENCY) * mean, paced)];
}

describe('wall over ideal', () => {
  it.each<[string, Endpoint, number]>([
    ['exponential latency', { refusedShare: 0 }, 1.05],
    ['exponential latency, 10 % of replies 429', { refusedShare: 0.1 }, 1.15],
    ['exponential latency, 6,000 requests a minute', { refusedShare: 0, requestsPerMinute: 6_000 }, 1.05],
  ])('5: %s', async (what, endpoint, most) => {
    const [ms, ideal] = await wall(endpoint);
    report({
      what: `wall over ideal, ${what}`,
      value: ms / ideal,
      target: { atMost: most },
      from: `${ms.toFixed(0)} ms against ${ideal.toFixed(0)}; B=1, ${CONCURRENCY} in flight, mean ${MEAN_MS} ms over HTTP`,
    });
  });
});
