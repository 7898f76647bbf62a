const MINUTE_MS = 60_000;
const BURST_MS = 1_000;

/**
 * Spreads costs over time: at most `perMinute` units a minute, with one second's worth at once. Reservations are
 * kept in the order in which they were made.
 */
export class MinuteLimit {
  /** When everything reserved so far is paid off, in milliseconds. */
  #paidOffAt = 0;

  constructor(readonly perMinute: number) {}

  /** Milliseconds from `now` until these units may be spent; they count as spent from here on. */
  reserve(units: number, now: number): number {
    const from = Math.max(this.#paidOffAt, now);
    this.#paidOffAt = from + (units * MINUTE_MS) / this.perMinute;
    return Math.max(0, from - now - BURST_MS);
  }
}
