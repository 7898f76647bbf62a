const SMALLEST_WINDOW = 16;
const CONGESTED_SHARE = 0.4;

/**
 * How many calls may be in flight: halved when the endpoint turns away many of the last calls with 429, raised by
 * one for each window that went well, up to the maximum. Isolated refusals are left to the retries: halving for each
 * would starve a provider that refuses a few at random.
 */
export class ConcurrencyLimit {
  #current: number;
  #answered = 0;
  #refused = 0;
  /** Outcomes of calls that were sent under the limit before the last halving. */
  #stale = 0;

  constructor(readonly maximum: number) {
    this.#current = maximum;
  }

  get current(): number {
    return this.#current;
  }

  answered(): void {
    if (this.#isStale()) return;
    this.#answered += 1;
    if (this.#answered + this.#refused < this.#window()) return;
    this.#current = Math.min(this.maximum, this.#current + 1);
    this.#startWindow();
  }

  /** Whether this refusal made the limit fall. */
  refused(): boolean {
    if (this.#isStale()) return false;
    this.#refused += 1;
    if (this.#refused < CONGESTED_SHARE * this.#window()) return false;
    this.#stale = this.#current;
    this.#current = Math.max(1, Math.floor(this.#current / 2));
    this.#startWindow();
    return true;
  }

  #isStale(): boolean {
    if (this.#stale === 0) return false;
    this.#stale -= 1;
    return true;
  }

  #window(): number {
    return Math.max(SMALLEST_WINDOW, this.#current);
  }

  #startWindow(): void {
    this.#answered = 0;
    this.#refused = 0;
  }
}
