import { LinkedQueue } from './linked-queue.ts';

/** Lets at most so many go on in one turn of the event loop, first come first served, so that others get theirs. */
export class Turns {
  readonly #waiting = new LinkedQueue<() => void>();
  #left: number;
  #turning = false;

  constructor(readonly perTurn: number) {
    this.#left = perTurn;
  }

  /** Calls `go`, at once or in one of the next turns. */
  take(go: () => void): void {
    this.#turnSoon();
    if (this.#left === 0 || this.#waiting.size > 0) {
      this.#waiting.push(go);
      return;
    }
    this.#left -= 1;
    go();
  }

  #turnSoon(): void {
    if (this.#turning) return;
    this.#turning = true;
    setImmediate(() => this.#turn());
  }

  #turn(): void {
    this.#turning = false;
    this.#left = this.perTurn;
    if (this.#waiting.size === 0) return;
    this.#turnSoon();
    while (this.#left > 0 && this.#waiting.size > 0) {
      this.#left -= 1;
      this.#waiting.shift()?.();
    }
  }
}
