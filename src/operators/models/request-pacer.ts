/** Whoever paces the requests of a provider: limits by the minute, and slots given up while nothing is asked. */
export interface RequestPacer {
  /** Resolves when a request of about so many tokens may be sent; rejects with SqlError 57014 on abort. */
  admit(tokens: number, signal: AbortSignal): Promise<void>;
  /** One attempt got its answer. */
  answered(): void;
  /** One attempt was sent away with 429, and asked to wait so long. */
  rateLimited(retryAfterMs: number | undefined): void;
  /** Runs a wait during which the call holds no slot; takes a slot again before it resolves. */
  idle(wait: () => Promise<void>, signal: AbortSignal): Promise<void>;
}

/** Paces nothing. */
export const UNPACED: RequestPacer = Object.freeze({
  admit: () => Promise.resolve(),
  answered: () => undefined,
  rateLimited: () => undefined,
  idle: (wait: () => Promise<void>) => wait(),
});
