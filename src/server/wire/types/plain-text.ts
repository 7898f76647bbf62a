import {
  DuckDBBlobValue,
  DuckDBDateValue,
  DuckDBIntervalValue,
  DuckDBTimestampMillisecondsValue,
  DuckDBTimestampNanosecondsValue,
  DuckDBTimestampSecondsValue,
  DuckDBTimestampTZValue,
  DuckDBTimestampValue,
  DuckDBTimeTZValue,
  DuckDBTimeValue,
} from '@duckdb/node-api';
import { bytea } from './bytea.ts';
import { date } from './date.ts';
import { interval } from './interval.ts';
import type { PgCodec, PresentValue } from './pg-codec.ts';
import type { TextStyle } from './text-style.ts';
import { time, timetz } from './time.ts';
import { timestamp, timestamptz } from './timestamp.ts';

/** The PostgreSQL text of a value whose class alone tells its type. */
export function plainText(value: PresentValue, style: TextStyle): string {
  return codecOfClass(value)?.text(value, style) ?? String(value);
}

function codecOfClass(value: PresentValue): PgCodec | null {
  if (value instanceof DuckDBDateValue) return date;
  if (value instanceof DuckDBTimestampTZValue) return timestamptz;
  if (
    value instanceof DuckDBTimestampValue ||
    value instanceof DuckDBTimestampSecondsValue ||
    value instanceof DuckDBTimestampMillisecondsValue ||
    value instanceof DuckDBTimestampNanosecondsValue
  ) {
    return timestamp;
  }
  if (value instanceof DuckDBTimeValue) return time;
  if (value instanceof DuckDBTimeTZValue) return timetz;
  if (value instanceof DuckDBIntervalValue) return interval;
  return value instanceof DuckDBBlobValue ? bytea : null;
}
