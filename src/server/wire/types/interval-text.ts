import { two } from './calendar.ts';
import { fractionText } from './time.ts';

/** DuckDB's interval: three counts that do not turn into one another. */
export interface IntervalParts {
  readonly months: number;
  readonly days: number;
  readonly micros: bigint;
}

/** `1 year 2 mons -3 days +04:05:06.789`: a sign is shown where the part before has the other one. */
export function postgresIntervalText({ months, days, micros }: IntervalParts): string {
  const words: string[] = [];
  let negative = false;
  for (const [count, unit] of [
    [Math.trunc(months / 12), 'year'],
    [months % 12, 'mon'],
    [days, 'day'],
  ] as const) {
    if (count === 0) continue;
    words.push(`${negative && count > 0 ? '+' : ''}${count} ${unit}${count === 1 ? '' : 's'}`);
    negative = count < 0;
  }
  if (micros !== 0n || words.length === 0) words.push(timeText(micros, negative));
  return words.join(' ');
}

function timeText(micros: bigint, afterNegative: boolean): string {
  const sign = micros < 0n ? '-' : afterNegative ? '+' : '';
  const { hours, minutes, seconds, fraction } = clockParts(micros < 0n ? -micros : micros);
  return `${sign}${two(hours)}:${two(minutes)}:${two(seconds)}${fractionText(fraction)}`;
}

/** `P1Y2M-3DT4H5M6.789S`. */
export function isoIntervalText({ months, days, micros }: IntervalParts): string {
  const date = [part(Math.trunc(months / 12), 'Y'), part(months % 12, 'M'), part(days, 'D')].join('');
  const sign = micros < 0n ? '-' : '';
  const { hours, minutes, seconds, fraction } = clockParts(micros < 0n ? -micros : micros);
  const second = seconds === 0 && fraction === 0 ? '' : `${sign}${seconds}${fractionText(fraction)}S`;
  const time = part(hours, 'H', sign) + part(minutes, 'M', sign) + second;
  if (date === '' && time === '') return 'PT0S';
  return `P${date}${time === '' ? '' : `T${time}`}`;
}

function part(count: number, unit: string, sign = ''): string {
  return count === 0 ? '' : `${sign}${count}${unit}`;
}

function clockParts(micros: bigint): {
  readonly hours: number;
  readonly minutes: number;
  readonly seconds: number;
  readonly fraction: number;
} {
  const total = Number(micros / 1_000_000n);
  return {
    hours: Math.floor(total / 3600),
    minutes: Math.floor(total / 60) % 60,
    seconds: total % 60,
    fraction: Number(micros % 1_000_000n),
  };
}
