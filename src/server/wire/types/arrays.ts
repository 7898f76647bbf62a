import { DuckDBArrayValue, DuckDBListValue, type DuckDBValue, LIST } from '@duckdb/node-api';
import { SqlError } from '../../../errors.ts';
import { arrayBytes, readArrayBytes } from './array-binary.ts';
import { readArrayText } from './array-text.ts';
import type { PgCodec, PresentValue } from './pg-codec.ts';
import type { TextStyle } from './text-style.ts';

/** The array type of an element type: DuckDB's LIST and ARRAY, of any depth. */
export function arrayOf(element: PgCodec): PgCodec {
  return Object.freeze({
    name: `_${element.name}`,
    oid: element.arrayOid,
    arrayOid: 0,
    length: -1,
    duckType: LIST(element.duckType),
    element,
    text: (value, style) => arrayText(itemsOf(value), element, style),
    binary: (value, style) => arrayBytes(itemsOf(value), element, style),
    fromText: (text, style) => readArrayText(text, element, style),
    fromBinary: (bytes, style) => readArrayBytes(bytes, element, style),
  } satisfies PgCodec);
}

export function itemsOf(value: PresentValue): readonly DuckDBValue[] {
  if (value instanceof DuckDBListValue || value instanceof DuckDBArrayValue) return value.items;
  throw new SqlError('42804', 'a value that is no array came for an array type');
}

function arrayText(items: readonly DuckDBValue[], element: PgCodec, style: TextStyle): string {
  return `{${items.map((item) => itemText(item, element, style)).join(',')}}`;
}

function itemText(item: DuckDBValue, element: PgCodec, style: TextStyle): string {
  if (item === null) return 'NULL';
  if (item instanceof DuckDBListValue || item instanceof DuckDBArrayValue)
    return arrayText(item.items, element, style);
  return quoted(element.text(item, style));
}

/** Quotes where PostgreSQL does: empty, the word NULL, and what would be read as syntax. */
function quoted(text: string): string {
  if (text !== '' && !/[{}",\\\s]/.test(text) && text.toUpperCase() !== 'NULL') return text;
  return `"${text.replace(/["\\]/g, '\\$&')}"`;
}
