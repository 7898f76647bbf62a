import { DuckDBStructValue, type DuckDBStructType } from '@duckdb/node-api';
import { SqlError } from '../../../errors.ts';
import type { PgCodec, PresentValue } from './pg-codec.ts';
import type { TextStyle } from './text-style.ts';

/** `ROW(1, 'a')`: DuckDB's struct without names. `fields` are the types of its parts, in order. */
export function recordOf(type: DuckDBStructType, fields: readonly PgCodec[]): PgCodec {
  return Object.freeze({
    name: 'record',
    oid: 2249,
    arrayOid: 2287,
    length: -1,
    duckType: type,
    text: (value, style) => recordText(partsOf(value), fields, style),
    binary: (value, style) => recordBytes(partsOf(value), fields, style),
    fromText: refuse,
    fromBinary: refuse,
  } satisfies PgCodec);
}

/** Of a record inside of another value: DuckDB's bindings keep one part of those without names. */
function partsOf(value: PresentValue): readonly (PresentValue | null)[] {
  return value instanceof DuckDBStructValue ? Object.values(value.entries) : [value];
}

export function recordText(
  values: readonly (PresentValue | null)[],
  fields: readonly PgCodec[],
  style: TextStyle,
): string {
  const parts = values.map((part, index) => {
    const codec = fields[index];
    return part === null || codec === undefined ? '' : quoted(codec.text(part, style));
  });
  return `(${parts.join(',')})`;
}

function quoted(text: string): string {
  return text !== '' && !/[(),"\\\s]/.test(text) ? text : `"${text.replace(/["\\]/g, '$&$&')}"`;
}

export function recordBytes(
  parts: readonly (PresentValue | null)[],
  fields: readonly PgCodec[],
  style: TextStyle,
): Buffer {
  const count = Buffer.alloc(4);
  count.writeInt32BE(parts.length);
  return Buffer.concat([count, ...parts.flatMap((part, index) => fieldBytes(part, fields[index], style))]);
}

function fieldBytes(
  part: PresentValue | null,
  field: PgCodec | undefined,
  style: TextStyle,
): readonly Uint8Array[] {
  const bytes = part === null || field === undefined ? null : field.binary(part, style);
  const head = Buffer.alloc(8);
  head.writeInt32BE(field?.oid ?? 0, 0);
  head.writeInt32BE(bytes?.length ?? -1, 4);
  return bytes === null ? [head] : [head, bytes];
}

function refuse(): never {
  throw new SqlError('0A000', 'input of anonymous composite types is not implemented');
}
