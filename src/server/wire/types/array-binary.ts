import { DuckDBArrayValue, DuckDBListValue, type DuckDBValue } from '@duckdb/node-api';
import { SqlError } from '../../../errors.ts';
import { BodyReader } from '../body-reader.ts';
import type { PgCodec } from './pg-codec.ts';
import type { TextStyle } from './text-style.ts';

const MAX_DIMENSIONS = 6;

/** Dimension count, whether NULLs are inside, element oid, length and lower bound of each dimension, elements. */
export function arrayBytes(items: readonly DuckDBValue[], element: PgCodec, style: TextStyle): Buffer {
  const sizes = items.length === 0 ? [] : sizesOf(items);
  const flat = sizes.slice(1).reduce<readonly DuckDBValue[]>((level) => level.flatMap(childrenOf), items);
  const head = Buffer.alloc(12 + sizes.length * 8);
  head.writeInt32BE(sizes.length, 0);
  head.writeInt32BE(flat.includes(null) ? 1 : 0, 4);
  head.writeInt32BE(element.oid, 8);
  sizes.forEach((size, index) => {
    head.writeInt32BE(size, 12 + index * 8);
    head.writeInt32BE(1, 16 + index * 8);
  });
  return Buffer.concat([head, ...flat.flatMap((item) => itemBytes(item, element, style))]);
}

function itemBytes(item: DuckDBValue, element: PgCodec, style: TextStyle): readonly Uint8Array[] {
  const head = Buffer.alloc(4);
  if (item === null) {
    head.writeInt32BE(-1);
    return [head];
  }
  const bytes = element.binary(item, style);
  head.writeInt32BE(bytes.length);
  return [head, bytes];
}

/** Length of each dimension. Throws where sub-arrays differ in length: PostgreSQL has no such array. */
function sizesOf(items: readonly DuckDBValue[]): readonly number[] {
  if (!items.some(isArray)) return [items.length];
  const inner = items.map((item) => (isArray(item) ? item.items : null));
  const first = inner[0] ?? null;
  if (first === null || inner.some((children) => children?.length !== first.length)) {
    throw new SqlError('2202E', 'a list of lists of different lengths has no binary form', {
      hint: 'Ask for the column in text format, or cast it to json.',
    });
  }
  const [total = 0, ...deeper] = sizesOf(inner.flatMap((children) => children ?? []));
  return [items.length, total / items.length, ...deeper];
}

function isArray(item: DuckDBValue): item is DuckDBListValue | DuckDBArrayValue {
  return item instanceof DuckDBListValue || item instanceof DuckDBArrayValue;
}

function childrenOf(item: DuckDBValue): readonly DuckDBValue[] {
  return isArray(item) ? item.items : [];
}

export function readArrayBytes(bytes: Buffer, element: PgCodec, style: TextStyle): DuckDBListValue {
  const reader = new BodyReader(bytes);
  const dimensions = reader.int32();
  if (dimensions < 0 || dimensions > MAX_DIMENSIONS)
    throw new SqlError('22P03', 'invalid number of dimensions');
  reader.take(8);
  const sizes = Array.from({ length: dimensions }, () => {
    const size = reader.int32();
    reader.take(4);
    return size;
  });
  const list = dimensions === 0 ? new DuckDBListValue([]) : readLevel(reader, sizes, element, style);
  reader.end();
  return list;
}

function readLevel(
  reader: BodyReader,
  [size = 0, ...inner]: readonly number[],
  element: PgCodec,
  style: TextStyle,
): DuckDBListValue {
  if (size < 0 || size > reader.left) throw new SqlError('22P03', 'insufficient data left in array');
  const items: DuckDBValue[] = [];
  for (let index = 0; index < size; index += 1) {
    items.push(
      inner.length > 0 ? readLevel(reader, inner, element, style) : readItem(reader, element, style),
    );
  }
  return new DuckDBListValue(items);
}

function readItem(reader: BodyReader, element: PgCodec, style: TextStyle): DuckDBValue {
  const length = reader.int32();
  return length === -1 ? null : element.fromBinary(reader.take(length), style);
}
