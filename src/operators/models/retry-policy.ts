import { setTimeout as sleep } from 'node:timers/promises';
import { abortError } from './abort-error.ts';
import { ModelFailure } from './model-failure.ts';

export interface RetryPolicy {
  /** The first attempt included. */
  readonly maxAttempts: number;
  /** From the start of the first attempt to the end of the last one. */
  readonly maxTotalMs: number;
  readonly baseDelayMs: number;
  readonly maxDelayMs: number;
}

export const DEFAULT_RETRY_POLICY: RetryPolicy = Object.freeze({
  maxAttempts: 6,
  maxTotalMs: 180_000,
  baseDelayMs: 250,
  maxDelayMs: 20_000,
});

/** Time and chance, so that tests need neither. */
export interface RetryClock {
  /** Milliseconds since the epoch. */
  now(): number;
  sleep(ms: number, signal: AbortSignal): Promise<void>;
  /** 0 ≤ x < 1 */
  random(): number;
}

export const SYSTEM_CLOCK: RetryClock = Object.freeze({
  now: () => Date.now(),
  sleep: (ms: number, signal: AbortSignal) => sleep(ms, undefined, { signal }),
  random: () => Math.random(),
});

/** What failed, for good: `first` is the cause that people want to read. */
export class AttemptsFailed extends Error {
  override readonly name = 'AttemptsFailed';

  constructor(
    readonly attempts: number,
    readonly first: ModelFailure,
    readonly last: ModelFailure,
  ) {
    super(first.message, { cause: first });
  }
}

const RETRIED_STATUSES: ReadonlySet<number> = new Set([408, 409, 429]);

/** Whether another attempt may end differently. A spent quota answers 429 as well, and will go on doing so. */
export function isRetried(failure: ModelFailure): boolean {
  if (failure.kind !== 'status') return true;
  if (failure.reason === 'insufficient_quota') return false;
  const status = failure.status ?? 0;
  return RETRIED_STATUSES.has(status) || status >= 500;
}

/**
 * Wait before the next attempt: exponential with full jitter, or what the endpoint asked for plus a jitter of
 * one base delay, so that the callers it sent away do not come back together.
 */
export function backoffMs(
  policy: RetryPolicy,
  retries: number,
  failure: ModelFailure,
  random: number,
): number {
  if (failure.retryAfterMs !== undefined) return failure.retryAfterMs + random * policy.baseDelayMs;
  return random * Math.min(policy.maxDelayMs, policy.baseDelayMs * 2 ** retries);
}

export interface Retrying<T> {
  readonly policy: RetryPolicy;
  readonly clock: RetryClock;
  readonly signal: AbortSignal;
  /** Gets the milliseconds left of the policy's total. Throws ModelFailure for what may be tried again. */
  attempt(leftMs: number): Promise<T>;
  /** Runs the pause before the next attempt. */
  wait(pause: () => Promise<void>): Promise<void>;
}

/** Throws AttemptsFailed, SqlError 57014 on abort, and whatever the attempt throws beside ModelFailure. */
export async function withRetries<T>(call: Retrying<T>): Promise<{ value: T; retries: number }> {
  const start = call.clock.now();
  let first: ModelFailure | undefined;
  for (let retries = 0; ; retries += 1) {
    if (call.signal.aborted) throw abortError(call.signal);
    const leftMs = call.policy.maxTotalMs - (call.clock.now() - start);
    const outcome = await call.attempt(leftMs).then(
      (value) => ({ value }),
      (error: unknown) => failureOf(error, call.signal),
    );
    if (!(outcome instanceof ModelFailure)) return { value: outcome.value, retries };
    first ??= outcome;
    const delay = backoffMs(call.policy, retries, outcome, call.clock.random());
    const late = call.clock.now() - start + delay >= call.policy.maxTotalMs;
    if (!isRetried(outcome) || late || retries + 1 >= call.policy.maxAttempts) {
      throw new AttemptsFailed(retries + 1, first, outcome);
    }
    await call.wait(() => pause(call, delay));
  }
}

function failureOf(error: unknown, signal: AbortSignal): ModelFailure {
  if (signal.aborted) throw abortError(signal);
  if (error instanceof ModelFailure) return error;
  throw error;
}

async function pause<T>(call: Retrying<T>, delay: number): Promise<void> {
  try {
    await call.clock.sleep(delay, call.signal);
  } catch (error) {
    throw call.signal.aborted ? abortError(call.signal) : error;
  }
}
