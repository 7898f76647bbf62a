import { DuckDBIntervalValue, INTERVAL } from '@duckdb/node-api';
import { checkLength } from './invalid-value.ts';
import { isoIntervalText, postgresIntervalText } from './interval-text.ts';
import { readInterval } from './read-interval.ts';
import type { PgCodec } from './pg-codec.ts';

export const interval: PgCodec = Object.freeze({
  name: 'interval',
  oid: 1186,
  arrayOid: 1187,
  length: 16,
  duckType: INTERVAL,
  text(value, style) {
    const parts = value as DuckDBIntervalValue;
    return style.intervalStyle === 'postgres' ? postgresIntervalText(parts) : isoIntervalText(parts);
  },
  binary(value) {
    const { months, days, micros } = value as DuckDBIntervalValue;
    const bytes = Buffer.allocUnsafe(16);
    bytes.writeBigInt64BE(micros, 0);
    bytes.writeInt32BE(days, 8);
    bytes.writeInt32BE(months, 12);
    return bytes;
  },
  fromText: readInterval,
  fromBinary(bytes) {
    checkLength(bytes, 16);
    return new DuckDBIntervalValue(bytes.readInt32BE(12), bytes.readInt32BE(8), bytes.readBigInt64BE(0));
  },
} satisfies PgCodec);
