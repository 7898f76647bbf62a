import {
  type DuckDBArrayType,
  type DuckDBDecimalType,
  type DuckDBListType,
  type DuckDBStructType,
  type DuckDBType,
  DuckDBTypeId,
} from '@duckdb/node-api';
import { arrayOf } from './arrays.ts';
import { varbit } from './bit.ts';
import { bool } from './boolean.ts';
import { bytea } from './bytea.ts';
import { codecOfName } from './codec-table.ts';
import { date } from './date.ts';
import { float4, float8 } from './floats.ts';
import { int2, int4, int8 } from './integers.ts';
import { interval } from './interval.ts';
import { json } from './json.ts';
import { numeric } from './numeric.ts';
import type { PgCodec } from './pg-codec.ts';
import { recordOf } from './record.ts';
import { text } from './text.ts';
import { time, timetz } from './time.ts';
import { timestamp, timestamptz } from './timestamp.ts';
import { uuid } from './uuid.ts';

/** What a client is told of a column or a parameter. */
export interface ColumnType {
  readonly codec: PgCodec;
  /** -1 where the type has none. */
  readonly typmod: number;
}

const CODECS: Partial<Record<DuckDBTypeId, PgCodec>> = Object.freeze({
  [DuckDBTypeId.BOOLEAN]: bool,
  [DuckDBTypeId.TINYINT]: int2,
  [DuckDBTypeId.SMALLINT]: int2,
  [DuckDBTypeId.INTEGER]: int4,
  [DuckDBTypeId.BIGINT]: int8,
  [DuckDBTypeId.UTINYINT]: int2,
  [DuckDBTypeId.USMALLINT]: int4,
  [DuckDBTypeId.UINTEGER]: int8,
  [DuckDBTypeId.UBIGINT]: numeric,
  [DuckDBTypeId.HUGEINT]: numeric,
  [DuckDBTypeId.UHUGEINT]: numeric,
  [DuckDBTypeId.BIGNUM]: numeric,
  [DuckDBTypeId.INTEGER_LITERAL]: int4,
  [DuckDBTypeId.FLOAT]: float4,
  [DuckDBTypeId.DOUBLE]: float8,
  [DuckDBTypeId.BLOB]: bytea,
  [DuckDBTypeId.DATE]: date,
  [DuckDBTypeId.TIME]: time,
  [DuckDBTypeId.TIME_NS]: time,
  [DuckDBTypeId.TIME_TZ]: timetz,
  [DuckDBTypeId.TIMESTAMP]: timestamp,
  [DuckDBTypeId.TIMESTAMP_S]: timestamp,
  [DuckDBTypeId.TIMESTAMP_MS]: timestamp,
  [DuckDBTypeId.TIMESTAMP_NS]: timestamp,
  [DuckDBTypeId.TIMESTAMP_TZ]: timestamptz,
  [DuckDBTypeId.INTERVAL]: interval,
  [DuckDBTypeId.UUID]: uuid,
  [DuckDBTypeId.BIT]: varbit,
  [DuckDBTypeId.MAP]: json,
  [DuckDBTypeId.UNION]: json,
  [DuckDBTypeId.VARIANT]: json,
});

/** A type of DuckDB as PostgreSQL's clients know it; text where PostgreSQL has nothing like it. */
export function columnTypeOf(type: DuckDBType): ColumnType {
  const named = type.alias === undefined ? undefined : codecOfName(type.alias.toLowerCase());
  if (named !== undefined) return { codec: named, typmod: -1 };
  if (type.typeId === DuckDBTypeId.DECIMAL) return { codec: numeric, typmod: decimalTypmod(type) };
  if (type.typeId === DuckDBTypeId.LIST)
    return { codec: codecOf(type), typmod: columnTypeOf(type.valueType).typmod };
  return { codec: codecOf(type), typmod: -1 };
}

function codecOf(type: DuckDBType): PgCodec {
  if (type.typeId === DuckDBTypeId.LIST || type.typeId === DuckDBTypeId.ARRAY) return arrayCodec(type);
  if (type.typeId === DuckDBTypeId.STRUCT) return structCodec(type);
  return CODECS[type.typeId] ?? text;
}

/** PostgreSQL's arrays have one element type, however many dimensions. */
function arrayCodec(type: DuckDBListType | DuckDBArrayType): PgCodec {
  let element: DuckDBType = type.valueType;
  while (element.typeId === DuckDBTypeId.LIST || element.typeId === DuckDBTypeId.ARRAY)
    element = element.valueType;
  const { codec } = columnTypeOf(element);
  return Object.freeze({ ...arrayOf(codec.arrayOid === 0 ? text : codec), duckType: type });
}

function structCodec(type: DuckDBStructType): PgCodec {
  const unnamed = type.entryNames.every((name) => name === '');
  return unnamed
    ? recordOf(
        type,
        type.entryTypes.map((entry) => columnTypeOf(entry).codec),
      )
    : json;
}

function decimalTypmod({ width, scale }: DuckDBDecimalType): number {
  return ((width << 16) | scale) + 4;
}
