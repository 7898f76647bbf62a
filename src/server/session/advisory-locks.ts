/** One lock of a database: by a number of 64 bits, or by two of 32 bits. */
export type LockKey = string;

interface Held {
  readonly owner: number;
  readonly shared: boolean;
  /** Until the transaction ends, not the session. */
  readonly local: boolean;
}

export type LockRequest = Omit<Held, 'owner'> & { readonly key: LockKey };

/** Locks that mean what their users agree on: several sessions that migrate one schema take turns by them. */
export class AdvisoryLocks {
  readonly #held = new Map<LockKey, Held[]>();
  readonly #waiting = new Set<() => void>();

  /** The same owner may take a lock as often as it likes, and gives it back as often. */
  tryLock(owner: number, { key, shared, local }: LockRequest): boolean {
    const held = this.#held.get(key) ?? [];
    const blocked = held.some((other) => other.owner !== owner && !(shared && other.shared));
    if (blocked) return false;
    this.#held.set(key, [...held, { owner, shared, local }]);
    return true;
  }

  /** Resolves when the lock is taken; rejects with the signal's reason. */
  async lock(owner: number, request: LockRequest, signal: AbortSignal): Promise<void> {
    while (!this.tryLock(owner, request)) await this.#change(signal);
  }

  /** Gives back one taking of the lock; false where the owner does not hold it. */
  unlock(owner: number, { key, shared, local }: LockRequest): boolean {
    const held = this.#held.get(key) ?? [];
    const at = held.findLastIndex(
      (lock) => lock.owner === owner && lock.shared === shared && lock.local === local,
    );
    if (at < 0) return false;
    this.#keep(key, held.toSpliced(at, 1));
    return true;
  }

  /** Gives back everything of an owner, or what lasts for its transaction alone. */
  release(owner: number, which: 'all' | 'session' | 'transaction'): void {
    const goes = (lock: Held): boolean =>
      lock.owner === owner && (which === 'all' || lock.local === (which === 'transaction'));
    for (const [key, held] of this.#held) {
      if (held.some(goes))
        this.#keep(
          key,
          held.filter((lock) => !goes(lock)),
        );
    }
  }

  #keep(key: LockKey, held: Held[]): void {
    if (held.length === 0) this.#held.delete(key);
    else this.#held.set(key, held);
    for (const wake of [...this.#waiting]) wake();
  }

  #change(signal: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      const wake = (): void => {
        this.#waiting.delete(wake);
        signal.removeEventListener('abort', stop);
        resolve();
      };
      const stop = (): void => {
        this.#waiting.delete(wake);
        reject(signal.reason as Error);
      };
      if (signal.aborted) return stop();
      this.#waiting.add(wake);
      signal.addEventListener('abort', stop, { once: true });
    });
  }
}
