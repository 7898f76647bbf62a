import { DuckDBIntervalValue } from '@duckdb/node-api';
import { invalidTime } from './invalid-value.ts';

/** Months, days and micros of one unit. */
type Unit = readonly [months: number, days: number, micros: number];

const SECOND = 1_000_000;
const UNITS: readonly (readonly [RegExp, Unit])[] = Object.freeze([
  [/^(micro|us|usec)/, [0, 0, 1]],
  [/^milli|^ms(ec)?s?$/, [0, 0, 1000]],
  [/^millennium|^millennia|^mils?$/, [12_000, 0, 0]],
  [/^cent/, [1200, 0, 0]],
  [/^dec/, [120, 0, 0]],
  [/^y(ears?|rs?)?$/, [12, 0, 0]],
  [/^mon(th)?s?$/, [1, 0, 0]],
  [/^w(eeks?)?$/, [0, 7, 0]],
  [/^d(ays?)?$/, [0, 1, 0]],
  [/^h(ours?|rs?)?$/, [0, 0, 3600 * SECOND]],
  [/^m(in(ute)?s?)?$/, [0, 0, 60 * SECOND]],
  [/^s(ec(ond)?s?)?$/, [0, 0, SECOND]],
]);
const ISO_DATE: Readonly<Record<string, string>> = Object.freeze({
  y: 'year',
  m: 'mon',
  w: 'week',
  d: 'day',
});
const ISO_TIME: Readonly<Record<string, string>> = Object.freeze({ h: 'hour', m: 'min', s: 'sec' });
const TOKEN =
  /\s*(?:([+-]?)(\d+):(\d{2})(?::(\d{2}(?:\.\d+)?))?|([+-]?(?:\d+\.?\d*|\.\d+))\s*([a-z]+)|(ago)\b)/giy;

interface Sum {
  months: number;
  days: number;
  micros: number;
}

/** PostgreSQL's form (`1 year 2 mons 3 days 04:05:06 ago`) and ISO 8601's (`P1Y2M3DT4H5M6S`). */
export function readInterval(text: string): DuckDBIntervalValue {
  const body = text.trim().toLowerCase().replace(/^@\s*/, '');
  const sum: Sum = { months: 0, days: 0, micros: 0 };
  if (!(body.startsWith('p') ? addIso(sum, body) : addPostgres(sum, body)))
    throw invalidTime('interval', text);
  return new DuckDBIntervalValue(
    Math.round(sum.months),
    Math.round(sum.days),
    BigInt(Math.round(sum.micros)),
  );
}

function addPostgres(sum: Sum, body: string): boolean {
  let at = 0;
  for (let match = matchAt(body, at); match !== null; match = matchAt(body, at)) {
    at += match[0].length;
    const [, sign, hours, minutes, seconds, count, unit, ago] = match;
    if (ago !== undefined) negate(sum);
    else if (hours !== undefined)
      addClock(sum, sign === '-', Number(hours), Number(minutes), Number(seconds ?? 0));
    else if (!addUnit(sum, Number(count), unit ?? '')) return false;
  }
  return at > 0 && body.slice(at).trim() === '';
}

function matchAt(body: string, at: number): RegExpExecArray | null {
  const token = new RegExp(TOKEN.source, TOKEN.flags);
  token.lastIndex = at;
  return token.exec(body);
}

function addIso(sum: Sum, body: string): boolean {
  const [date = '', time = ''] = body.slice(1).split('t');
  return addIsoPart(sum, date, ISO_DATE) && addIsoPart(sum, time, ISO_TIME) && date + time !== '';
}

function addIsoPart(sum: Sum, part: string, units: Readonly<Record<string, string>>): boolean {
  const found = [...part.matchAll(/([+-]?\d+(?:\.\d+)?)([a-z])/g)];
  if (found.map(([whole]) => whole).join('') !== part) return false;
  return found.every(([, count, letter]) => addUnit(sum, Number(count), units[letter ?? ''] ?? ''));
}

function addUnit(sum: Sum, count: number, name: string): boolean {
  const unit = UNITS.find(([form]) => form.test(name))?.[1];
  if (unit === undefined) return false;
  const [months, days, micros] = unit;
  addMonths(sum, count * months);
  addDays(sum, count * days);
  sum.micros += count * micros;
  return true;
}

/** A part of a month is counted in days of 30 to the month, as PostgreSQL does. */
function addMonths(sum: Sum, months: number): void {
  const whole = Math.trunc(months);
  sum.months += whole;
  addDays(sum, (months - whole) * 30);
}

function addDays(sum: Sum, days: number): void {
  const whole = Math.trunc(days);
  sum.days += whole;
  sum.micros += (days - whole) * 86_400 * SECOND;
}

function addClock(sum: Sum, negative: boolean, hours: number, minutes: number, seconds: number): void {
  const micros = (hours * 3600 + minutes * 60 + seconds) * SECOND;
  sum.micros += negative ? -micros : micros;
}

function negate(sum: Sum): void {
  sum.months = -sum.months;
  sum.days = -sum.days;
  sum.micros = -sum.micros;
}
