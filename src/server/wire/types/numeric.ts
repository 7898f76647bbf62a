import { DECIMAL, DuckDBDecimalValue } from '@duckdb/node-api';
import { SqlError } from '../../../errors.ts';
import { decimalText } from './decimal-text.ts';
import { invalidText } from './invalid-value.ts';
import { type Digits, numericBytes, readNumericBytes } from './numeric-binary.ts';
import type { PgCodec, PresentValue } from './pg-codec.ts';

const MAX_WIDTH = 38;
const LARGEST = 2n ** 127n;

/** DECIMAL, and the integers that have no PostgreSQL type of their size (HUGEINT, UBIGINT, BIGNUM). */
export const numeric: PgCodec = Object.freeze({
  name: 'numeric',
  oid: 1700,
  arrayOid: 1231,
  length: -1,
  duckType: DECIMAL(MAX_WIDTH, 10),
  text: (value) => digitsText(digitsOf(value)),
  binary: (value) => numericBytes(digitsOf(value)),
  fromText: readNumeric,
  fromBinary: (bytes) => fitting(readNumericBytes(bytes)),
} satisfies PgCodec);

function digitsOf(value: PresentValue): Digits {
  if (value instanceof DuckDBDecimalValue) return { value: value.value, scale: value.scale };
  return { value: BigInt(value as bigint | number), scale: 0 };
}

function digitsText({ value, scale }: Digits): string {
  return decimalText(value, scale);
}

function readNumeric(text: string): DuckDBDecimalValue | bigint {
  const match = /^([+-]?)(\d*)(?:\.(\d*))?(?:e([+-]?\d{1,4}))?$/i.exec(text.trim());
  const [, sign = '', whole = '', fraction = '', power = '0'] = match ?? [];
  if (match === null || whole + fraction === '') throw invalidText('numeric', text);
  const exponent = Number(power) - fraction.length;
  const value = BigInt(`${whole}${fraction}${'0'.repeat(Math.max(0, exponent))}`);
  return fitting({ value: sign === '-' ? -value : value, scale: Math.max(0, -exponent) });
}

/** DuckDB's decimals have at most 38 digits; whole numbers may be as large as a HUGEINT. */
function fitting({ value, scale }: Digits): DuckDBDecimalValue | bigint {
  const digits = String(value < 0n ? -value : value).length;
  const width = Math.max(digits, scale, 1);
  if (width <= MAX_WIDTH) return new DuckDBDecimalValue(value, width, scale);
  if (scale === 0 && value < LARGEST && value > -LARGEST) return value;
  throw new SqlError('22003', 'value overflows numeric format', {
    detail: `A numeric has at most ${MAX_WIDTH} digits here.`,
  });
}
