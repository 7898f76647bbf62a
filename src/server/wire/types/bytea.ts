import { BLOB, DuckDBBlobValue } from '@duckdb/node-api';
import { invalidText } from './invalid-value.ts';
import type { PgCodec, PresentValue } from './pg-codec.ts';
import type { TextStyle } from './text-style.ts';

export const bytea: PgCodec = Object.freeze({
  name: 'bytea',
  oid: 17,
  arrayOid: 1001,
  length: -1,
  duckType: BLOB,
  text: (value, style) => byteaText(bytesOf(value), style),
  binary: bytesOf,
  fromText: (text) => new DuckDBBlobValue(readBytea(text)),
  fromBinary: (bytes) => new DuckDBBlobValue(Uint8Array.from(bytes)),
} satisfies PgCodec);

function bytesOf(value: PresentValue): Uint8Array {
  return value instanceof DuckDBBlobValue ? value.bytes : Buffer.from(String(value), 'utf8');
}

function byteaText(bytes: Uint8Array, style: TextStyle): string {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return style.byteaOutput === 'hex' ? `\\x${buffer.toString('hex')}` : escaped(buffer);
}

function escaped(bytes: Buffer): string {
  let text = '';
  for (const byte of bytes) {
    if (byte === 0x5c) text += '\\\\';
    else if (byte < 0x20 || byte > 0x7e) text += `\\${byte.toString(8).padStart(3, '0')}`;
    else text += String.fromCharCode(byte);
  }
  return text;
}

/** Both forms: `\x6869` and `hi\000`. */
function readBytea(text: string): Buffer {
  if (!text.startsWith('\\x')) return unescaped(text);
  const digits = text.slice(2).replace(/\s/g, '');
  if (digits.length % 2 !== 0 || /[^0-9a-f]/i.test(digits)) throw invalidText('bytea', text);
  return Buffer.from(digits, 'hex');
}

function unescaped(text: string): Buffer {
  const parts = text.split(/(\\\\|\\[0-3][0-7]{2})/);
  return Buffer.concat(
    parts.map((part, index) => {
      if (index % 2 === 1) return Buffer.from([part === '\\\\' ? 0x5c : parseInt(part.slice(1), 8)]);
      if (part.includes('\\')) throw invalidText('bytea', text);
      return Buffer.from(part, 'utf8');
    }),
  );
}
