import { DuckDBTimeTZValue, DuckDBTimeValue, TIME, TIMETZ } from '@duckdb/node-api';
import { two } from './calendar.ts';
import { readDateTime } from './date-time-text.ts';
import { checkLength, invalidTime } from './invalid-value.ts';
import type { PgCodec, PresentValue } from './pg-codec.ts';

export const time: PgCodec = Object.freeze({
  name: 'time',
  oid: 1083,
  arrayOid: 1183,
  length: 8,
  duckType: TIME,
  text: (value) => clockText(Number(microsOf(value))),
  binary(value) {
    const bytes = Buffer.allocUnsafe(8);
    bytes.writeBigInt64BE(microsOf(value));
    return bytes;
  },
  fromText(text) {
    const parts = readDateTime(text);
    if (parts === null) throw invalidTime('time', text);
    return new DuckDBTimeValue(BigInt(parts.micros));
  },
  fromBinary(bytes) {
    checkLength(bytes, 8);
    return new DuckDBTimeValue(bytes.readBigInt64BE(0));
  },
} satisfies PgCodec);

export const timetz: PgCodec = Object.freeze({
  name: 'timetz',
  oid: 1266,
  arrayOid: 1270,
  length: 12,
  duckType: TIMETZ,
  text(value) {
    const { micros, offset } = value as DuckDBTimeTZValue;
    return clockText(Number(micros)) + offsetText(offset);
  },
  /** The zone counts seconds west of UTC. */
  binary(value) {
    const { micros, offset } = value as DuckDBTimeTZValue;
    const bytes = Buffer.allocUnsafe(12);
    bytes.writeBigInt64BE(micros, 0);
    bytes.writeInt32BE(-offset, 8);
    return bytes;
  },
  fromText(text, style) {
    const parts = readDateTime(text);
    if (parts === null) throw invalidTime('time with time zone', text);
    const offset = parts.offset ?? style.zone.offsetSeconds(Date.now());
    return DuckDBTimeTZValue.fromMicrosAndOffset(BigInt(parts.micros), offset);
  },
  fromBinary(bytes) {
    checkLength(bytes, 12);
    return DuckDBTimeTZValue.fromMicrosAndOffset(bytes.readBigInt64BE(0), -bytes.readInt32BE(8));
  },
} satisfies PgCodec);

/** TIME_NS counts nanoseconds; PostgreSQL's clock stops at micros. */
function microsOf(value: PresentValue): bigint {
  return value instanceof DuckDBTimeValue ? value.micros : (value as { nanos: bigint }).nanos / 1000n;
}

/** `04:05:06.789`, of micros since midnight. */
export function clockText(micros: number): string {
  const seconds = Math.floor(micros / 1e6);
  const hours = Math.floor(seconds / 3600);
  const clock = `${two(hours)}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
  return clock + fractionText(micros - seconds * 1e6);
}

/** `.789`, or nothing, of 0..999,999 micros. */
export function fractionText(micros: number): string {
  return micros === 0 ? '' : `.${String(micros).padStart(6, '0').replace(/0+$/, '')}`;
}

/** `+02`, `-04:56:02`, of seconds east of UTC. */
export function offsetText(seconds: number): string {
  const size = Math.abs(seconds);
  const minutes = Math.floor(size / 60) % 60;
  const rest = size % 60;
  const tail = rest === 0 ? (minutes === 0 ? '' : `:${two(minutes)}`) : `:${two(minutes)}:${two(rest)}`;
  return `${seconds < 0 ? '-' : '+'}${two(Math.floor(size / 3600))}${tail}`;
}
