import { BIGINT, INTEGER, SMALLINT, UINTEGER } from '@duckdb/node-api';
import { checkLength, invalidText, outOfRange } from './invalid-value.ts';
import type { PgCodec, PresentValue } from './pg-codec.ts';

export const int2: PgCodec = Object.freeze({
  name: 'int2',
  oid: 21,
  arrayOid: 1005,
  length: 2,
  duckType: SMALLINT,
  text: decimal,
  binary: (value) => bytesOf(2, (bytes) => bytes.writeInt16BE(Number(value))),
  fromText: (text) => Number(readInteger(text, 'smallint', -(2n ** 15n), 2n ** 15n - 1n)),
  fromBinary(bytes) {
    checkLength(bytes, 2);
    return bytes.readInt16BE(0);
  },
} satisfies PgCodec);

export const int4: PgCodec = Object.freeze({
  name: 'int4',
  oid: 23,
  arrayOid: 1007,
  length: 4,
  duckType: INTEGER,
  text: decimal,
  binary: (value) => bytesOf(4, (bytes) => bytes.writeInt32BE(Number(value))),
  fromText: (text) => Number(readInteger(text, 'integer', -(2n ** 31n), 2n ** 31n - 1n)),
  fromBinary(bytes) {
    checkLength(bytes, 4);
    return bytes.readInt32BE(0);
  },
} satisfies PgCodec);

export const int8: PgCodec = Object.freeze({
  name: 'int8',
  oid: 20,
  arrayOid: 1016,
  length: 8,
  duckType: BIGINT,
  text: decimal,
  binary: (value) => bytesOf(8, (bytes) => bytes.writeBigInt64BE(BigInt(value as bigint | number))),
  fromText: (text) => readInteger(text, 'bigint', -(2n ** 63n), 2n ** 63n - 1n),
  fromBinary(bytes) {
    checkLength(bytes, 8);
    return bytes.readBigInt64BE(0);
  },
} satisfies PgCodec);

/** Object identifiers: 32 bits without a sign. */
export const oid: PgCodec = Object.freeze({
  name: 'oid',
  oid: 26,
  arrayOid: 1028,
  length: 4,
  duckType: UINTEGER,
  text: decimal,
  binary: (value) => bytesOf(4, (bytes) => bytes.writeUInt32BE(Number(value) >>> 0)),
  fromText: (text) => Number(readInteger(text, 'oid', 0n, 2n ** 32n - 1n)),
  fromBinary(bytes) {
    checkLength(bytes, 4);
    return bytes.readUInt32BE(0);
  },
} satisfies PgCodec);

export const xid: PgCodec = Object.freeze({ ...oid, name: 'xid', oid: 28, arrayOid: 1011 } satisfies PgCodec);

function decimal(value: PresentValue): string {
  return String(value);
}

function bytesOf(length: number, write: (bytes: Buffer) => void): Buffer {
  const bytes = Buffer.allocUnsafe(length);
  write(bytes);
  return bytes;
}

function readInteger(text: string, typeName: string, least: bigint, most: bigint): bigint {
  const digits = text.trim();
  if (!/^[+-]?\d+$/.test(digits)) throw invalidText(typeName, text);
  const value = BigInt(digits.replace(/^\+/, ''));
  if (value < least || value > most) throw outOfRange(typeName, text);
  return value;
}
