import { isDigit } from './characters.ts';

const DOT = 46;
const UNDERSCORE = 95;

/** The number that begins at `start` with a digit, or with a dot before a digit: 1, 1_000, 1.5, .5, 1., 1e-5, 0x1F, 0o17, 0b1. */
export function scanNumber(sql: string, start: number): number {
  const radix = radixEnd(sql, start);
  if (radix > start) return radix;
  let end = digitsEnd(sql, start);
  if (sql.charCodeAt(end) === DOT && sql.charCodeAt(end + 1) !== DOT) end = digitsEnd(sql, end + 1);
  return exponentEnd(sql, end);
}

function digitsEnd(sql: string, start: number): number {
  let end = start;
  while (isDigit(sql.charCodeAt(end)) || (sql.charCodeAt(end) === UNDERSCORE && end > start)) end += 1;
  return end;
}

function exponentEnd(sql: string, at: number): number {
  if ((sql.charCodeAt(at) | 32) !== 101) return at;
  const sign = sql.charCodeAt(at + 1);
  const digits = sign === 43 || sign === 45 ? at + 2 : at + 1;
  return isDigit(sql.charCodeAt(digits)) ? digitsEnd(sql, digits) : at;
}

/** `start` where the number has no radix. */
function radixEnd(sql: string, start: number): number {
  if (sql.charCodeAt(start) !== 48) return start;
  const belongs = digitOf(sql.charCodeAt(start + 1) | 32);
  let end = start + 2;
  let digits = 0;
  while (belongs(sql.charCodeAt(end)) || sql.charCodeAt(end) === UNDERSCORE) {
    if (sql.charCodeAt(end) !== UNDERSCORE) digits += 1;
    end += 1;
  }
  return digits > 0 ? end : start;
}

function digitOf(letter: number): (code: number) => boolean {
  switch (letter) {
    case 120:
      return (code) => isDigit(code) || ((code | 32) >= 97 && (code | 32) <= 102);
    case 111:
      return (code) => code >= 48 && code <= 55;
    case 98:
      return (code) => code === 48 || code === 49;
    default:
      return () => false;
  }
}
