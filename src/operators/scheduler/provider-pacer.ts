import { abortError } from '../models/abort-error.ts';
import type { RequestPacer } from '../models/request-pacer.ts';
import { SYSTEM_CLOCK } from '../models/retry-policy.ts';
import type { RetryClock } from '../models/retry-policy.ts';
import { MinuteLimit } from './minute-limit.ts';
import type { Slots } from './slots.ts';

/** What a provider's account allows; unlimited where unset. */
export interface ProviderLimits {
  readonly requestsPerMinute?: number;
  readonly tokensPerMinute?: number;
}

/** Paces one provider: its limits by the minute, and the slots of the scheduler for its refusals and pauses. */
export class ProviderPacer implements RequestPacer {
  readonly #requests: MinuteLimit | undefined;
  readonly #tokens: MinuteLimit | undefined;
  /** Nothing is sent before, as an endpoint that turned most calls away has asked. */
  #closedUntil = 0;

  constructor(
    readonly slots: Slots,
    limits: ProviderLimits = {},
    readonly clock: RetryClock = SYSTEM_CLOCK,
  ) {
    this.#requests = limitOf(limits.requestsPerMinute);
    this.#tokens = limitOf(limits.tokensPerMinute);
  }

  async admit(tokens: number, signal: AbortSignal): Promise<void> {
    if (signal.aborted) throw abortError(signal);
    const now = this.clock.now();
    const requestWait = this.#requests?.reserve(1, now) ?? 0;
    const tokenWait = this.#tokens?.reserve(tokens, now) ?? 0;
    const wait = Math.max(requestWait, tokenWait, this.#closedUntil - now);
    if (wait <= 0) return;
    await this.clock.sleep(wait, signal).catch((error: unknown) => {
      throw signal.aborted ? abortError(signal) : error;
    });
  }

  answered(): void {
    const before = this.slots.limit.current;
    this.slots.limit.answered();
    if (this.slots.limit.current > before) this.slots.changed();
  }

  rateLimited(retryAfterMs: number | undefined): void {
    if (!this.slots.limit.refused() || retryAfterMs === undefined) return;
    this.#closedUntil = Math.max(this.#closedUntil, this.clock.now() + retryAfterMs);
  }

  idle(wait: () => Promise<void>, signal: AbortSignal): Promise<void> {
    return this.slots.lend(wait, signal);
  }
}

function limitOf(perMinute: number | undefined): MinuteLimit | undefined {
  return perMinute === undefined ? undefined : new MinuteLimit(perMinute);
}
