import { BIGINT, LIST, listValue, SMALLINT, type DuckDBType } from '@duckdb/node-api';
import { arrayBytes, readArrayBytes } from './array-binary.ts';
import { itemsOf } from './arrays.ts';
import { int2, oid } from './integers.ts';
import { invalidText } from './invalid-value.ts';
import type { PgCodec } from './pg-codec.ts';
import type { TextStyle } from './text-style.ts';

const LOWER_BOUND = 16;

/** The lists of the catalogue (`pg_index.indkey`): their text has spaces, and they count from 0. */
export const int2vector = vectorOf('int2vector', 22, 1006, int2, SMALLINT);
export const oidvector = vectorOf('oidvector', 30, 1013, oid, BIGINT);

function vectorOf(
  name: string,
  vectorOid: number,
  arrayOid: number,
  element: PgCodec,
  duckType: DuckDBType,
): PgCodec {
  return Object.freeze({
    name,
    oid: vectorOid,
    arrayOid,
    length: -1,
    duckType: LIST(duckType),
    text: (value, style) =>
      itemsOf(value)
        .map((item) => (item === null ? '' : element.text(item, style)))
        .join(' '),
    binary(value, style) {
      const items = itemsOf(value);
      return items.length === 0 ? emptyVector(element) : fromZero(arrayBytes(items, element, style));
    },
    fromText: (text, style) => listValue(words(text, name).map((word) => element.fromText(word, style))),
    fromBinary: (bytes, style: TextStyle) => readArrayBytes(bytes, element, style),
  } satisfies PgCodec);
}

function words(text: string, name: string): readonly string[] {
  if (/[^\d\s-]/.test(text)) throw invalidText(name, text);
  return text.split(/\s+/).filter((word) => word !== '');
}

function fromZero(bytes: Buffer): Buffer {
  bytes.writeInt32BE(0, LOWER_BOUND);
  return bytes;
}

/** One dimension of no length, which an empty array has not. */
function emptyVector({ oid: elementOid }: PgCodec): Buffer {
  const bytes = Buffer.alloc(LOWER_BOUND + 4);
  bytes.writeInt32BE(1, 0);
  bytes.writeInt32BE(elementOid, 8);
  return bytes;
}
