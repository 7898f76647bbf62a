import type { DuckDBDecimalType } from '@duckdb/node-api';
import type { ByteSink } from '../../byte-sink.ts';
import type { FormatCode } from '../../frontend/frontend-message.ts';
import { decimalText } from '../../types/decimal-text.ts';
import { numericBytes } from '../../types/numeric-binary.ts';
import { writeBytes, writeInt32, writeText } from '../write-cell.ts';
import { RawCells, type WriteValue } from './raw-cells.ts';
import { readSafe } from './safe-integer.ts';

const POINT = 46;
const MINUS = 45;
const ZERO = 48;

/** DECIMALs as DuckDB keeps them: a whole number of 2, 4, 8 or 16 bytes by their width. */
export function decimalCells(type: DuckDBDecimalType, format: FormatCode): RawCells {
  const { scale } = type;
  const bytes = bytesOf(type);
  const write: WriteValue = (target, source, from) => {
    const value = readNumber(source, from, bytes);
    if (value !== null && format === 0) writeDigits(target, value, scale);
    else if (value !== null) writeGroups(target, value, scale);
    else writeExact(target, readExact(source, from, bytes), scale, format);
  };
  return new RawCells(bytes, write);
}

function bytesOf({ width }: DuckDBDecimalType): 2 | 4 | 8 | 16 {
  if (width <= 4) return 2;
  if (width <= 9) return 4;
  return width <= 18 ? 8 : 16;
}

/** null where a number does not hold it exactly. */
function readNumber(source: DataView, from: number, bytes: number): number | null {
  if (bytes === 2) return source.getInt16(from, true);
  if (bytes === 4) return source.getInt32(from, true);
  const low = readSafe(source, from);
  if (bytes === 8 || low === null) return low;
  const sign = low < 0 ? -1 : 0;
  const fits = source.getInt32(from + 8, true) === sign && source.getInt32(from + 12, true) === sign;
  return fits ? low : null;
}

function readExact(source: DataView, from: number, bytes: number): bigint {
  if (bytes === 8) return source.getBigInt64(from, true);
  return (source.getBigInt64(from + 8, true) << 64n) + source.getBigUint64(from, true);
}

function writeExact(target: ByteSink, value: bigint, scale: number, format: FormatCode): void {
  if (format === 0) writeText(target, decimalText(value, scale));
  else writeBytes(target, numericBytes({ value, scale }));
}

/** `-123.45`, from its last digit to its first. */
function writeDigits(target: ByteSink, value: number, scale: number): void {
  const size = Math.abs(value);
  const digits = Math.max(digitCount(size), scale + 1);
  const length = digits + (scale > 0 ? 1 : 0) + (value < 0 ? 1 : 0);
  target.ensure(4 + length);
  writeInt32(target, length);
  const { bytes, at } = target;
  let rest = size;
  let place = at + length - 1;
  for (let digit = 0; digit < digits; digit += 1) {
    if (digit === scale && scale > 0) {
      bytes[place] = POINT;
      place -= 1;
    }
    const left = rest < 0x7fffffff ? (rest / 10) | 0 : Math.floor(rest / 10);
    bytes[place] = ZERO + (rest - left * 10);
    place -= 1;
    rest = left;
  }
  if (value < 0) bytes[place] = MINUS;
  target.at = at + length;
}

function digitCount(value: number): number {
  let count = 1;
  for (let bound = 10; value >= bound; bound *= 10) count += 1;
  return count;
}

const GROUP = 10_000;
const NEGATIVE = 0x4000;
const HEAD = 8;
/** More groups than a number has. */
const GROUPS = 16;

/** PostgreSQL's binary form: groups of four digits, without zero groups at either end. */
function writeGroups(target: ByteSink, value: number, scale: number): void {
  const behind = Math.ceil(scale / 4);
  const shift = 10 ** (behind * 4 - scale);
  const size = Math.abs(value);
  if (size * shift > Number.MAX_SAFE_INTEGER) {
    writeBytes(target, numericBytes({ value: BigInt(value), scale }));
    return;
  }
  target.ensure(4 + HEAD + GROUPS * 2);
  let rest = size * shift;
  let dropped = 0;
  for (; rest > 0 && rest % GROUP === 0; dropped += 1) rest /= GROUP;
  let count = 0;
  for (let left = rest; left > 0; count += 1) left = Math.floor(left / GROUP);
  const { view, at } = target;
  view.setInt32(at, HEAD + count * 2);
  view.setInt16(at + 4, count);
  view.setInt16(at + 6, count === 0 ? 0 : count + dropped - behind - 1);
  view.setInt16(at + 8, value < 0 ? NEGATIVE : 0);
  view.setInt16(at + 10, scale);
  for (let index = count - 1; index >= 0; index -= 1) {
    const left = Math.floor(rest / GROUP);
    view.setInt16(at + 4 + HEAD + index * 2, rest - left * GROUP);
    rest = left;
  }
  target.at = at + 4 + HEAD + count * 2;
}
