const REMEMBERED = 64;
const ENOUGH = 16;

/** The durations of the last calls, to tell which call in flight is a straggler. */
export class StragglerWatch {
  readonly #durations: number[] = [];
  #next = 0;

  /** `factor` times the median of the last calls is late. */
  constructor(readonly factor: number) {}

  took(ms: number): void {
    this.#durations[this.#next] = ms;
    this.#next = (this.#next + 1) % REMEMBERED;
  }

  /** Undefined until enough calls have ended. */
  get lateAfterMs(): number | undefined {
    if (this.#durations.length < ENOUGH) return undefined;
    const sorted = this.#durations.toSorted((a, b) => a - b);
    return (sorted[sorted.length >> 1] as number) * this.factor;
  }
}
