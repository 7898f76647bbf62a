import { DOUBLE, FLOAT } from '@duckdb/node-api';
import { checkLength, invalidText, outOfRange } from './invalid-value.ts';
import type { PgCodec } from './pg-codec.ts';

export const float8: PgCodec = Object.freeze({
  name: 'float8',
  oid: 701,
  arrayOid: 1022,
  length: 8,
  duckType: DOUBLE,
  text: (value) => doubleText(Number(value)),
  binary(value) {
    const bytes = Buffer.allocUnsafe(8);
    bytes.writeDoubleBE(Number(value));
    return bytes;
  },
  fromText: (text) => readFloat(text, 'double precision'),
  fromBinary(bytes) {
    checkLength(bytes, 8);
    return bytes.readDoubleBE(0);
  },
} satisfies PgCodec);

export const float4: PgCodec = Object.freeze({
  name: 'float4',
  oid: 700,
  arrayOid: 1021,
  length: 4,
  duckType: FLOAT,
  text: (value) => singleText(Number(value)),
  binary(value) {
    const bytes = Buffer.allocUnsafe(4);
    bytes.writeFloatBE(Number(value));
    return bytes;
  },
  fromText(text) {
    const value = readFloat(text, 'real');
    if (Number.isFinite(value) && !Number.isFinite(Math.fround(value))) throw outOfRange('real', text);
    return Math.fround(value);
  },
  fromBinary(bytes) {
    checkLength(bytes, 4);
    return bytes.readFloatBE(0);
  },
} satisfies PgCodec);

/** The shortest text that reads back as the same double; from 1e15 on and below 1e-4 with an exponent. */
export function doubleText(value: number): string {
  const size = Math.abs(value);
  if (size >= 1e-4 && size < 1e15) return String(value);
  if (value === 0) return Object.is(value, -0) ? '-0' : '0';
  return Number.isFinite(value) ? shortest(value.toExponential(), 15) : notFinite(value);
}

/** A decimal of so many digits stands for one float of 32 bits at most. */
const SURE_DIGITS = 6;
/** Below it a float has fewer bits, and fewer digits tell it from others. */
const LEAST_NORMAL = 2 ** -126;

/** The same for 32 bits; an exponent from 1e6 on. */
export function singleText(value: number): string {
  if (!Number.isFinite(value)) return notFinite(value);
  if (Number.isInteger(value) && Math.abs(value) < 1e6) return Object.is(value, -0) ? '-0' : String(value);
  const first = Math.abs(value) < LEAST_NORMAL ? 1 : SURE_DIGITS;
  for (let digits = first; digits <= 9; digits += 1) {
    const shown = Number(value.toPrecision(digits));
    if (Math.fround(shown) === value) return shortest(shown.toExponential(), 6);
  }
  return shortest(value.toExponential(), 6);
}

function notFinite(value: number): string {
  if (Number.isNaN(value)) return 'NaN';
  return value > 0 ? 'Infinity' : '-Infinity';
}

/** `d.ddde±x` in PostgreSQL's form. */
function shortest(exponential: string, firstExponent: number): string {
  const [mantissa = '0', power = '0'] = exponential.split('e');
  const exponent = Number(power);
  if (exponent >= -4 && exponent < firstExponent) return fixed(mantissa, exponent);
  const sign = exponent < 0 ? '-' : '+';
  return `${mantissa}e${sign}${String(Math.abs(exponent)).padStart(2, '0')}`;
}

function fixed(mantissa: string, exponent: number): string {
  const sign = mantissa.startsWith('-') ? '-' : '';
  const digits = mantissa.replace(/[-.]/g, '');
  if (exponent < 0) return `${sign}0.${'0'.repeat(-exponent - 1)}${digits}`;
  const whole = digits.slice(0, exponent + 1).padEnd(exponent + 1, '0');
  const fraction = digits.slice(exponent + 1);
  return fraction === '' ? sign + whole : `${sign}${whole}.${fraction}`;
}

const WORDS: ReadonlyMap<string, number> = new Map([
  ['nan', NaN],
  ['inf', Infinity],
  ['+inf', Infinity],
  ['infinity', Infinity],
  ['+infinity', Infinity],
  ['-inf', -Infinity],
  ['-infinity', -Infinity],
]);

function readFloat(text: string, typeName: string): number {
  const body = text.trim();
  const word = WORDS.get(body.toLowerCase());
  if (word !== undefined) return word;
  if (!/^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(body)) throw invalidText(typeName, text);
  const value = Number(body);
  if (!Number.isFinite(value)) throw outOfRange(typeName, text);
  return value;
}
