import { DATE, DuckDBDateValue } from '@duckdb/node-api';
import { dayText } from './calendar.ts';
import { readDateTime } from './date-time-text.ts';
import { checkLength, invalidTime } from './invalid-value.ts';
import type { PgCodec } from './pg-codec.ts';

const INFINITE = 2 ** 31 - 1;
/** Days from 1970-01-01 to 2000-01-01, where PostgreSQL begins to count. */
const EPOCH_SHIFT = 10_957;

export const date: PgCodec = Object.freeze({
  name: 'date',
  oid: 1082,
  arrayOid: 1182,
  length: 4,
  duckType: DATE,
  text: (value) => dateText((value as DuckDBDateValue).days),
  binary(value) {
    const { days } = value as DuckDBDateValue;
    const bytes = Buffer.allocUnsafe(4);
    bytes.writeInt32BE(isInfinite(days) ? (days > 0 ? INFINITE : -INFINITE - 1) : days - EPOCH_SHIFT);
    return bytes;
  },
  fromText: readDate,
  fromBinary(bytes) {
    checkLength(bytes, 4);
    const days = bytes.readInt32BE(0);
    if (days === INFINITE) return DuckDBDateValue.PosInf;
    return days === -INFINITE - 1 ? DuckDBDateValue.NegInf : new DuckDBDateValue(days + EPOCH_SHIFT);
  },
} satisfies PgCodec);

export function dateText(days: number): string {
  if (isInfinite(days)) return days > 0 ? 'infinity' : '-infinity';
  const { text, bc } = dayText(days);
  return bc ? `${text} BC` : text;
}

function isInfinite(days: number): boolean {
  return days >= INFINITE || days <= -INFINITE;
}

function readDate(text: string): DuckDBDateValue {
  const word = text.trim().toLowerCase();
  if (word === 'infinity') return DuckDBDateValue.PosInf;
  if (word === '-infinity') return DuckDBDateValue.NegInf;
  const days = readDateTime(text)?.days ?? compactDays(word);
  if (days === null) throw invalidTime('date', text);
  return new DuckDBDateValue(days);
}

/** `20240229`. */
function compactDays(text: string): number | null {
  const match = /^(\d{4})(\d{2})(\d{2})$/.exec(text);
  return match === null ? null : (readDateTime(`${match[1]}-${match[2]}-${match[3]}`)?.days ?? null);
}
