import { calendarDay } from '../../types/calendar.ts';
import type { ByteSink } from '../../byte-sink.ts';

const LAST_YEAR = 9999;
const HYPHEN = 45;
const ZERO = 48;

/** Writes `2024-02-29` for days whose year has four digits. Rows next to each other often share their day. */
export class DayDigits {
  #days = Number.NaN;
  readonly #digits = new Uint8Array(10);

  /** Room must be there. Gives whether it was written: not for years before 1 and above 9999. */
  write(target: ByteSink, days: number): boolean {
    if (days !== this.#days && !this.#take(days)) return false;
    const { bytes, at } = target;
    for (let index = 0; index < 10; index += 1) bytes[at + index] = this.#digits[index] as number;
    target.at = at + 10;
    return true;
  }

  #take(days: number): boolean {
    const { year, month, day } = calendarDay(days);
    if (year < 1 || year > LAST_YEAR) return false;
    this.#days = days;
    const digits = this.#digits;
    putTwo(digits, 0, Math.floor(year / 100));
    putTwo(digits, 2, year % 100);
    digits[4] = HYPHEN;
    putTwo(digits, 5, month);
    digits[7] = HYPHEN;
    putTwo(digits, 8, day);
    return true;
  }
}

/** Two decimal digits of 0..99. */
export function putTwo(bytes: Uint8Array, at: number, value: number): void {
  const tens = (value / 10) | 0;
  bytes[at] = ZERO + tens;
  bytes[at + 1] = ZERO + value - tens * 10;
}
