import {
  DuckDBTimestampMillisecondsValue,
  DuckDBTimestampNanosecondsValue,
  DuckDBTimestampSecondsValue,
  DuckDBTimestampTZValue,
  DuckDBTimestampValue,
  TIMESTAMP,
  TIMESTAMPTZ,
} from '@duckdb/node-api';
import { dayText } from './calendar.ts';
import { readDateTime } from './date-time-text.ts';
import { checkLength, invalidTime } from './invalid-value.ts';
import type { PgCodec, PresentValue } from './pg-codec.ts';
import type { TextStyle } from './text-style.ts';
import { clockText, offsetText } from './time.ts';
import { ZoneClock } from './zone-clock.ts';

const INFINITE = 2n ** 63n - 1n;
const DAY = 86_400_000_000n;
/** Micros from 1970 to 2000, where PostgreSQL begins to count. */
const EPOCH_SHIFT = 946_684_800_000_000n;

export const timestamp: PgCodec = Object.freeze({
  name: 'timestamp',
  oid: 1114,
  arrayOid: 1115,
  length: 8,
  duckType: TIMESTAMP,
  text: (value) => timestampText(microsOf(value), ''),
  binary: (value) => timestampBytes(microsOf(value)),
  fromText: (text) => new DuckDBTimestampValue(readLocal(text)),
  fromBinary: (bytes) => new DuckDBTimestampValue(readBytes(bytes)),
} satisfies PgCodec);

export const timestamptz: PgCodec = Object.freeze({
  name: 'timestamptz',
  oid: 1184,
  arrayOid: 1185,
  length: 8,
  duckType: TIMESTAMPTZ,
  text: (value, style) => zonedText(microsOf(value), style.zone),
  binary: (value) => timestampBytes(microsOf(value)),
  fromText: (text, style) => new DuckDBTimestampTZValue(readInstant(text, style)),
  fromBinary: (bytes) => new DuckDBTimestampTZValue(readBytes(bytes)),
} satisfies PgCodec);

/** Micros since 1970 of DuckDB's timestamps in seconds, milli-, micro- and nanoseconds. */
function microsOf(value: PresentValue): bigint {
  if (value instanceof DuckDBTimestampSecondsValue) return finite(value.seconds, 1_000_000n);
  if (value instanceof DuckDBTimestampMillisecondsValue) return finite(value.millis, 1000n);
  if (value instanceof DuckDBTimestampNanosecondsValue) {
    return isInfinite(value.nanos) ? value.nanos : floorDivide(value.nanos, 1000n);
  }
  return (value as DuckDBTimestampValue).micros;
}

function finite(count: bigint, factor: bigint): bigint {
  return isInfinite(count) ? count : count * factor;
}

function isInfinite(count: bigint): boolean {
  return count === INFINITE || count === -INFINITE;
}

export function zonedText(micros: bigint, zone: ZoneClock): string {
  if (isInfinite(micros)) return timestampText(micros, '');
  const offset = zone.offsetSeconds(Number(micros / 1000n));
  return timestampText(micros + BigInt(offset) * 1_000_000n, offsetText(offset));
}

export function timestampText(micros: bigint, suffix: string): string {
  if (isInfinite(micros)) return micros > 0n ? 'infinity' : '-infinity';
  const days = floorDivide(micros, DAY);
  const { text, bc } = dayText(Number(days));
  return `${text} ${clockText(Number(micros - days * DAY))}${suffix}${bc ? ' BC' : ''}`;
}

function floorDivide(value: bigint, by: bigint): bigint {
  const quotient = value / by;
  return value % by < 0n ? quotient - 1n : quotient;
}

function timestampBytes(micros: bigint): Buffer {
  const bytes = Buffer.allocUnsafe(8);
  if (isInfinite(micros)) bytes.writeBigInt64BE(micros > 0n ? INFINITE : -INFINITE - 1n);
  else bytes.writeBigInt64BE(micros - EPOCH_SHIFT);
  return bytes;
}

function readBytes(bytes: Buffer): bigint {
  checkLength(bytes, 8);
  const micros = bytes.readBigInt64BE(0);
  if (micros === INFINITE) return INFINITE;
  return micros === -INFINITE - 1n ? -INFINITE : micros + EPOCH_SHIFT;
}

/** A zone in the text is ignored, as PostgreSQL does for a timestamp without one. */
function readLocal(text: string): bigint {
  const word = infiniteWord(text);
  if (word !== null) return word;
  const parts = readDateTime(text);
  if (parts === null || parts.days === null) throw invalidTime('timestamp', text);
  return BigInt(parts.days) * DAY + BigInt(parts.micros);
}

function readInstant(text: string, style: TextStyle): bigint {
  const word = infiniteWord(text);
  if (word !== null) return word;
  const parts = readDateTime(text);
  if (parts === null || parts.days === null) throw invalidTime('timestamp with time zone', text);
  const local = BigInt(parts.days) * DAY + BigInt(parts.micros);
  const zone = parts.zone === null ? style.zone : zoneOf(parts.zone, text);
  const offset = parts.offset ?? zone.offsetOfLocal(Number(local / 1000n));
  return local - BigInt(offset) * 1_000_000n;
}

function zoneOf(name: string, text: string): ZoneClock {
  try {
    return new ZoneClock(name);
  } catch (cause) {
    throw invalidTime('timestamp with time zone', `${text}: ${String(cause)}`);
  }
}

function infiniteWord(text: string): bigint | null {
  const word = text.trim().toLowerCase();
  if (word === 'infinity') return INFINITE;
  return word === '-infinity' ? -INFINITE : null;
}
