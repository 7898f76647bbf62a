import { BIT, DuckDBBitValue } from '@duckdb/node-api';
import { SqlError } from '../../../errors.ts';
import { invalidText } from './invalid-value.ts';
import type { PgCodec } from './pg-codec.ts';

/** PostgreSQL's `bit varying`: DuckDB's BIT has no fixed length. */
export const varbit: PgCodec = Object.freeze({
  name: 'varbit',
  oid: 1562,
  arrayOid: 1563,
  length: -1,
  duckType: BIT,
  text: (value) => String(value),
  binary: (value) => bitBytes(String(value)),
  fromText(text) {
    if (!/^[01]+$/.test(text)) throw invalidText('bit varying', text);
    return DuckDBBitValue.fromString(text);
  },
  fromBinary: readBitBytes,
} satisfies PgCodec);

export const bit: PgCodec = Object.freeze({
  ...varbit,
  name: 'bit',
  oid: 1560,
  arrayOid: 1561,
} satisfies PgCodec);

/** Length in bits, then the bits from the left, padded with zeros. */
function bitBytes(bits: string): Buffer {
  const bytes = Buffer.alloc(4 + Math.ceil(bits.length / 8));
  bytes.writeInt32BE(bits.length);
  for (let at = 0; at < bits.length; at += 8) {
    bytes[4 + at / 8] = parseInt(bits.slice(at, at + 8).padEnd(8, '0'), 2);
  }
  return bytes;
}

function readBitBytes(bytes: Buffer): DuckDBBitValue {
  const length = bytes.length < 4 ? -1 : bytes.readInt32BE(0);
  if (length < 1 || bytes.length !== 4 + Math.ceil(length / 8)) {
    throw new SqlError('22P03', 'incorrect binary data format in bind parameter');
  }
  const bits = [...bytes.subarray(4)].map((byte) => byte.toString(2).padStart(8, '0')).join('');
  return DuckDBBitValue.fromString(bits.slice(0, length));
}
