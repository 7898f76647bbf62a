import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ModelFailure } from '../../src/operators/models/model-failure.ts';
import { OpenAiProvider } from '../../src/operators/models/openai.ts';
import { DEFAULT_RETRY_POLICY, withRetries } from '../../src/operators/models/retry-policy.ts';
import type { RetryClock } from '../../src/operators/models/retry-policy.ts';
import { CallScheduler } from '../../src/operators/scheduler/call-scheduler.ts';
import { ConcurrencyLimit } from '../../src/operators/scheduler/concurrency-limit.ts';
import { ProviderPacer } from '../../src/operators/scheduler/provider-pacer.ts';
import { meansRequest } from '../support/model-request.ts';
import { OpenAiStub } from '../support/openai-stub.ts';

const forever = new AbortController().signal;

describe('the limit of calls in flight', () => {
  it('halves when the endpoint turns most calls away, once for the calls that were under way', () => {
    const limit = new ConcurrencyLimit(40);
    for (let at = 0; at < 16; at += 1) limit.refused();
    expect(limit.current).toBe(20);
    for (let at = 0; at < 40; at += 1) limit.refused();
    expect(limit.current).toBe(20);
    for (let at = 0; at < 8; at += 1) limit.refused();
    expect(limit.current).toBe(10);
  });

  it('rises by one for each window that went well, up to the maximum', () => {
    const limit = new ConcurrencyLimit(20);
    for (let at = 0; at < 8; at += 1) limit.refused();
    expect(limit.current).toBe(10);
    for (let at = 0; at < 20 + 16; at += 1) limit.answered();
    expect(limit.current).toBe(11);
    for (let at = 0; at < 16 * 50; at += 1) limit.answered();
    expect(limit.current).toBe(20);
  });

  it('never falls below one', () => {
    const limit = new ConcurrencyLimit(2);
    for (let at = 0; at < 1_000; at += 1) limit.refused();
    expect(limit.current).toBe(1);
  });

  it('stands while one call in ten is turned away', () => {
    const limit = new ConcurrencyLimit(20);
    for (let at = 0; at < 1_000; at += 1) {
      if (at % 10 === 0) limit.refused();
      else limit.answered();
    }
    expect(limit.current).toBe(20);
  });
});

describe('limits by the minute', () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });

  afterEach(() => {
    vi.useRealTimers();
  });

  const clock: RetryClock = {
    now: () => Date.now(),
    sleep: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
    random: () => 0,
  };

  it.each([
    ['requests', { requestsPerMinute: 600 }, 10, 1_200],
    ['tokens', { tokensPerMinute: 6_000 }, 10, 1_200],
  ])('of %s spread the calls over the time they take', async (_, limits, tokens, calls) => {
    const scheduler = new CallScheduler({ concurrency: 20 });
    const pacer = new ProviderPacer(scheduler.slots, limits, clock);
    const start = Date.now();
    const work = (signal: AbortSignal): Promise<void> => pacer.admit(tokens, signal);
    const all = Array.from({ length: calls }, (__, at) => scheduler.schedule(`k${at}`, 's', work, forever));
    await vi.runAllTimersAsync();
    await Promise.all(all);
    const ideal = 120_000;
    expect(Date.now() - start).toBeLessThanOrEqual(1.05 * ideal);
    expect(Date.now() - start).toBeGreaterThanOrEqual(0.95 * ideal);
  });

  it('end their wait on abort with 57014', async () => {
    const scheduler = new CallScheduler({ concurrency: 1 });
    const pacer = new ProviderPacer(scheduler.slots, { requestsPerMinute: 1 });
    const stop = new AbortController();
    await pacer.admit(1, stop.signal);
    const waiting = pacer.admit(1, stop.signal);
    stop.abort();
    await expect(waiting).rejects.toMatchObject({ code: '57014' });
  });
});

describe('wall time over the time that the calls must take', () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });

  afterEach(() => {
    vi.useRealTimers();
  });

  const LATENCY = 200;
  const SLOTS = 20;
  const CALLS = 4_000;
  const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

  /** Calls of exponentially distributed latency, of which a share is turned away at once or after its latency. */
  async function wall(refusedShare: number, seed: number): Promise<number> {
    const random = generator(seed);
    const scheduler = new CallScheduler({ concurrency: SLOTS });
    const clock: RetryClock = { now: () => Date.now(), sleep: (ms) => sleep(ms), random };
    const pacer = new ProviderPacer(scheduler.slots, {}, clock);
    const attempt = async (): Promise<void> => {
      await sleep(-LATENCY * Math.log(1 - random()));
      if (random() >= refusedShare) return pacer.answered();
      pacer.rateLimited(undefined);
      throw new ModelFailure('status', '429', { status: 429 });
    };
    const work = (signal: AbortSignal): Promise<unknown> =>
      withRetries({
        policy: DEFAULT_RETRY_POLICY,
        clock,
        signal,
        attempt,
        wait: (pause) => pacer.idle(pause, signal),
      });
    const start = Date.now();
    const all = Array.from({ length: CALLS }, (_, at) => scheduler.schedule(`k${at}`, 's', work, forever));
    await vi.runAllTimersAsync();
    await Promise.all(all);
    return (Date.now() - start) / (Math.ceil(CALLS / SLOTS) * LATENCY);
  }

  /** Of 4,000 latencies the sum alone is off by 1.6% in one draw: the mean of four. */
  async function meanWall(refusedShare: number): Promise<number> {
    let sum = 0;
    for (let seed = 1; seed <= 4; seed += 1) sum += await wall(refusedShare, seed);
    return sum / 4;
  }

  it('is at most 1.05 with exponentially distributed latency', async () => {
    expect(await meanWall(0)).toBeLessThanOrEqual(1.05);
  });

  it('is at most 1.15 when one reply in ten is a 429 as slow as an answer', async () => {
    expect(await meanWall(0.1)).toBeLessThanOrEqual(1.15);
  });
});

/** Numbers in 0..1, the same each time: a linear congruential generator. */
function generator(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

describe('a provider under the scheduler', () => {
  let stub: OpenAiStub;

  beforeEach(async () => {
    stub = await OpenAiStub.start();
  });

  afterEach(() => stub.close());

  function openai(scheduler: CallScheduler): OpenAiProvider {
    const pacer = new ProviderPacer(scheduler.slots);
    return new OpenAiProvider({ apiKey: null, baseUrl: stub.baseUrl, prices: new Map(), pacer });
  }

  it('lends its slot while it waits for the next attempt', async () => {
    const scheduler = new CallScheduler({ concurrency: 1 });
    const provider = openai(scheduler);
    stub.answerNext({ status: 503, headers: { 'retry-after-ms': '300' } });
    const ends: string[] = [];
    const call = (name: string): Promise<void> =>
      scheduler
        .schedule(name, 's', (signal) => provider.complete(meansRequest(name, 'c'), signal), forever)
        .then(() => void ends.push(name));
    await Promise.all([call('paused'), call('other')]);
    expect(ends).toEqual(['other', 'paused']);
    expect(stub.requests).toHaveLength(3);
    expect(stub.peakInFlight).toBe(1);
  });

  it('answers every call where one in ten is turned away, and keeps the limit', async () => {
    const scheduler = new CallScheduler({ concurrency: 20 });
    const provider = openai(scheduler);
    stub.latencyMs = 20;
    stub.answer = ({ index }) => (index % 10 === 3 ? { status: 429 } : 'true');
    const calls = Array.from({ length: 300 }, (_, at) =>
      scheduler.schedule(
        `k${at}`,
        's',
        (signal) => provider.complete(meansRequest(`${at}`, 'c'), signal),
        forever,
      ),
    );
    const replies = await Promise.all(calls);
    expect(replies.every(({ text }) => text === 'true')).toBe(true);
    const refused = stub.requests.filter(({ index }) => index % 10 === 3).length;
    expect(stub.requests).toHaveLength(300 + refused);
    expect(stub.peakInFlight).toBeLessThanOrEqual(20);
    expect(scheduler.progress.limit).toBe(20);
  });

  it('sends fewer calls at once to an endpoint that turns most away, and none before it asked for', async () => {
    const scheduler = new CallScheduler({ concurrency: 16 });
    const provider = openai(scheduler);
    stub.latencyMs = 5;
    let over = false;
    stub.answer = () => (over ? 'true' : { status: 429, headers: { 'retry-after-ms': '200' } });
    const calls = Array.from({ length: 64 }, (_, at) =>
      scheduler.schedule(
        `k${at}`,
        's',
        (signal) => provider.complete(meansRequest(`${at}`, 'c'), signal),
        forever,
      ),
    );
    await expect.poll(() => scheduler.progress.limit, { timeout: 10_000 }).toBeLessThan(16);
    over = true;
    await Promise.all(calls);
    expect(stub.requests.length).toBeLessThanOrEqual(64 * 3);
    expect(scheduler.progress).toMatchObject({ done: 64, failed: 0, inFlight: 0, queued: 0 });
  });
});
