import { float8 } from '../wire/types/floats.ts';
import { int8 } from '../wire/types/integers.ts';
import { numeric } from '../wire/types/numeric.ts';
import type { ColumnType } from '../wire/types/column-type.ts';

const INT4_MAX = 2n ** 31n - 1n;
const INT8_MAX = 2n ** 63n - 1n;

/** A parameter that was only guessed to be an integer is the number that its text shows. */
export function widened(type: ColumnType, text: string): ColumnType {
  if (type.codec.name !== 'int4' && type.codec.name !== 'int8') return type;
  const digits = text.trim();
  if (/^[+-]?\d+$/.test(digits)) return integerType(type, BigInt(digits.replace('+', '')));
  if (/^[+-]?(\d+\.?\d*|\.\d+)$/.test(digits)) return { codec: numeric, typmod: -1 };
  return /^[+-]?(\d+\.?\d*|\.\d+)e[+-]?\d+$/i.test(digits) ? { codec: float8, typmod: -1 } : type;
}

function integerType(type: ColumnType, value: bigint): ColumnType {
  const size = value < 0n ? -value : value;
  if (size <= INT4_MAX) return type;
  return { codec: size <= INT8_MAX ? int8 : numeric, typmod: -1 };
}
