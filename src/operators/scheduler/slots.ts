import type { ConcurrencyLimit } from './concurrency-limit.ts';
import { LinkedQueue } from './linked-queue.ts';

/** The calls that may be in flight at once. A call that waits out a pause lends its slot to another. */
export class Slots {
  readonly #returning = new LinkedQueue<() => void>();
  readonly #holders = new WeakSet<AbortSignal>();
  #taken = 0;

  /** `onFree` is told that a slot may be free. */
  constructor(
    readonly limit: ConcurrencyLimit,
    readonly onFree: () => void,
  ) {}

  get taken(): number {
    return this.#taken;
  }

  /** Takes a slot if one is free and nobody who lent one waits for it. */
  take(): boolean {
    if (this.#taken >= this.limit.current || this.#returning.size > 0) return false;
    this.#taken += 1;
    return true;
  }

  give(): void {
    this.#taken -= 1;
    this.changed();
  }

  /** After a slot was given or the limit has moved. */
  changed(): void {
    while (this.#taken < this.limit.current) {
      const back = this.#returning.shift();
      if (back === undefined) break;
      this.#taken += 1;
      back();
    }
    this.onFree();
  }

  /** Whoever runs under this signal holds a slot. */
  hold(signal: AbortSignal): void {
    this.#holders.add(signal);
  }

  /**
   * Runs `pause` without the slot of the caller, if it holds one; those who come back go before those who start.
   */
  async lend(pause: () => Promise<void>, signal: AbortSignal): Promise<void> {
    if (!this.#holders.has(signal)) return pause();
    this.give();
    try {
      await pause();
    } finally {
      await this.#takeBack(signal);
    }
  }

  #takeBack(signal: AbortSignal): Promise<void> {
    if (signal.aborted || this.take()) {
      if (signal.aborted) this.#taken += 1;
      return Promise.resolve();
    }
    return new Promise((resolve) => {
      const leave = (): void => {
        this.#returning.remove(place);
        this.#taken += 1;
        resolve();
      };
      const place = this.#returning.push(() => {
        signal.removeEventListener('abort', leave);
        resolve();
      });
      signal.addEventListener('abort', leave, { once: true });
    });
  }
}
