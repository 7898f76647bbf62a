import { SqlError } from '../../errors.ts';
import type { AdvisoryLocks, LockRequest } from './advisory-locks.ts';

/** What one session holds and waits for. A function of SQL cannot wait: it notes what is missing, and its statement waits. */
export class SessionLocks {
  #taken: LockRequest[] | null = null;
  #missing: LockRequest | null = null;

  constructor(
    private readonly locks: AdvisoryLocks,
    private readonly owner: number,
  ) {}

  tryLock(request: LockRequest): boolean {
    return this.locks.tryLock(this.owner, request);
  }

  /** Called within a statement. Throws 55P03 where the statement does not wait. */
  lock(request: LockRequest): void {
    if (this.#missing !== null) return;
    if (this.tryLock(request)) this.#taken?.push(request);
    else if (this.#taken !== null) this.#missing = request;
    else {
      throw new SqlError('55P03', 'another session holds this advisory lock', {
        hint: 'Take the lock in a statement of its own: SELECT pg_advisory_lock(…).',
      });
    }
  }

  unlock(request: LockRequest): boolean {
    return this.locks.unlock(this.owner, request);
  }

  release(which: 'all' | 'session' | 'transaction'): void {
    this.locks.release(this.owner, which);
  }

  /** Runs `statement` until it gets every lock that it asks for; `discard` drops the result of a run in vain. */
  async waiting<T>(
    statement: () => Promise<T>,
    discard: (result: T) => Promise<void>,
    signal: AbortSignal,
  ): Promise<T> {
    for (;;) {
      const { result, taken, missing } = await this.#attempt(statement);
      if (missing === null) return result;
      for (const request of taken) this.unlock(request);
      await discard(result);
      await this.locks.lock(this.owner, missing, signal);
      this.unlock(missing);
    }
  }

  async #attempt<T>(statement: () => Promise<T>): Promise<{
    readonly result: T;
    readonly taken: readonly LockRequest[];
    readonly missing: LockRequest | null;
  }> {
    const taken: LockRequest[] = [];
    this.#taken = taken;
    this.#missing = null;
    try {
      const result = await statement();
      return { result, taken, missing: this.#missing };
    } finally {
      this.#taken = null;
      this.#missing = null;
    }
  }
}
