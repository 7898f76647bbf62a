import { describe, expect, it } from 'vitest';
import { ModelFailure } from '../../src/operators/models/model-failure.ts';
import { retryAfterMs } from '../../src/operators/models/retry-after.ts';
import {
  AttemptsFailed,
  backoffMs,
  isRetried,
  withRetries,
} from '../../src/operators/models/retry-policy.ts';
import type { RetryClock, RetryPolicy } from '../../src/operators/models/retry-policy.ts';

const POLICY: RetryPolicy = { maxAttempts: 5, maxTotalMs: 10_000, baseDelayMs: 100, maxDelayMs: 500 };
const busy = new ModelFailure('status', '503: busy', { status: 503 });

/** Time passes only by sleeping. */
function fakeClock(random: number): RetryClock & { readonly slept: number[] } {
  const slept: number[] = [];
  return {
    slept,
    now: () => slept.reduce((sum, ms) => sum + ms, 0),
    sleep: (ms) => Promise.resolve(void slept.push(ms)),
    random: () => random,
  };
}

async function run(
  clock: RetryClock,
  outcomes: readonly (ModelFailure | string)[],
  policy = POLICY,
): Promise<unknown> {
  const left = [...outcomes];
  return withRetries({
    policy,
    clock,
    signal: new AbortController().signal,
    wait: (pause) => pause(),
    attempt: () => {
      const outcome = left.shift() ?? 'none left';
      return outcome instanceof ModelFailure ? Promise.reject(outcome) : Promise.resolve(outcome);
    },
  });
}

describe('the wait between attempts', () => {
  it('doubles from the base to the maximum, of which chance takes a share', () => {
    const delays = [0, 1, 2, 3, 4].map((retries) => backoffMs(POLICY, retries, busy, 0.5));
    expect(delays).toEqual([50, 100, 200, 250, 250]);
    expect(backoffMs(POLICY, 3, busy, 0)).toBe(0);
  });

  it('is what the endpoint asks for, and a share of the base more', () => {
    const asked = new ModelFailure('status', '429', { status: 429, retryAfterMs: 2_000 });
    expect(backoffMs(POLICY, 0, asked, 0.5)).toBe(2_050);
  });
});

describe('attempts', () => {
  it('go on until an answer, and count what came after the first', async () => {
    const clock = fakeClock(0.5);
    expect(await run(clock, [busy, busy, 'answer'])).toEqual({ value: 'answer', retries: 2 });
    expect(clock.slept).toEqual([50, 100]);
  });

  it('end after the last one with their number, the first cause and the last', async () => {
    const other = new ModelFailure('connection', 'connection reset');
    const error = await run(fakeClock(0), [other, busy, busy, busy, busy, 'too late']).catch(
      (thrown: unknown) => thrown,
    );
    expect(error).toBeInstanceOf(AttemptsFailed);
    expect(error).toMatchObject({ attempts: 5, first: other, last: busy });
  });

  it('end before a wait that would pass the total time', async () => {
    const asked = new ModelFailure('status', '429', { status: 429, retryAfterMs: 4_000 });
    const clock = fakeClock(0);
    await expect(run(clock, [asked, asked, asked, 'late'])).rejects.toMatchObject({ attempts: 3 });
    expect(clock.slept).toEqual([4_000, 4_000]);
  });

  it('end at once for an error that is none of an endpoint', async () => {
    const clock = fakeClock(0);
    const call = withRetries({
      policy: POLICY,
      clock,
      signal: new AbortController().signal,
      wait: (pause) => pause(),
      attempt: () => Promise.reject(new RangeError('a fault of ours')),
    });
    await expect(call).rejects.toThrowError(RangeError);
    expect(clock.slept).toEqual([]);
  });
});

describe('what is tried again', () => {
  it.each([
    [408, true],
    [409, true],
    [429, true],
    [500, true],
    [502, true],
    [529, true],
    [400, false],
    [401, false],
    [403, false],
    [404, false],
    [413, false],
    [422, false],
  ])('of status %i: %s', (status, retried) => {
    expect(isRetried(new ModelFailure('status', '', { status }))).toBe(retried);
  });

  it.each(['connection', 'timeout', 'malformed'] as const)('of other kinds: %s', (kind) => {
    expect(isRetried(new ModelFailure(kind, ''))).toBe(true);
  });
});

describe('Retry-After', () => {
  const now = Date.parse('2025-11-22T10:00:00Z');

  it.each([
    [{ 'retry-after': '3' }, 3_000],
    [{ 'retry-after': '0.5' }, 500],
    [{ 'retry-after': 'Sat, 22 Nov 2025 10:00:07 GMT' }, 7_000],
    [{ 'retry-after': 'Sat, 22 Nov 2025 09:00:00 GMT' }, 0],
    [{ 'retry-after': '9', 'retry-after-ms': '120' }, 120],
    [{ 'retry-after': 'soon' }, undefined],
    [{}, undefined],
  ])('is read from %j', (headers, expected) => {
    expect(retryAfterMs(new Headers(headers as Record<string, string>), now)).toBe(expected);
  });
});
