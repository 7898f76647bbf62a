import { type DuckDBType, DuckDBTypeId } from '@duckdb/node-api';
import { SqlError } from '../../errors.ts';
import { describedColumns } from '../dialect/columns/described-columns.ts';
import type { OutputColumn } from '../dialect/columns/output-column.ts';
import type { ResultColumn } from '../engine/engine-connection.ts';
import { codecOfOid } from '../wire/types/codec-table.ts';
import { type ColumnType, columnTypeOf } from '../wire/types/column-type.ts';
import type { PgCodec } from '../wire/types/pg-codec.ts';
import type { TypedColumn } from '../wire/types/typed-column.ts';

/** The columns of a result; `known` is what PostgreSQL would say of them, as far as that is known. */
export function typedColumns(
  columns: readonly ResultColumn[],
  known: readonly OutputColumn[] | null,
): readonly TypedColumn[] {
  const described = describedColumns(
    known,
    columns.map(({ name }) => name),
  );
  return columns.map(({ name, type }, index) => ({
    name: described[index]?.name ?? name,
    duckType: type,
    type: typeOf(type, described[index]?.typeOid ?? null),
  }));
}

/** How a value of DuckDB's type is written as one of PostgreSQL's; as its own where it cannot be. */
export function typeOf(type: DuckDBType, oid: number | null): ColumnType {
  const own = columnTypeOf(type);
  const codec = oid === null || oid === own.codec.oid ? undefined : codecOfOid(oid);
  return codec !== undefined && canWrite(codec, own.codec, type) ? { codec, typmod: -1 } : own;
}

/**
 * The columns of a result as the client was told of them before it ran: values decide the types of some. Throws 0A000
 * where what comes cannot be written as what was told.
 */
export function columnsAsTold(
  columns: readonly TypedColumn[],
  told: readonly TypedColumn[] | null,
): readonly TypedColumn[] {
  if (told?.length !== columns.length) throw changedType();
  return columns.map((column, index) => {
    const { type } = told[index] ?? column;
    if (type.codec.oid === column.type.codec.oid) return column;
    if (!canWrite(type.codec, column.type.codec, column.duckType)) throw changedType();
    return { ...column, type };
  });
}

function changedType(): SqlError {
  return new SqlError('0A000', 'cached plan must not change result type', {
    hint: 'Prepare the statement again, or cast its parameters.',
  });
}

const INTEGERS: ReadonlySet<DuckDBTypeId> = new Set([
  DuckDBTypeId.TINYINT,
  DuckDBTypeId.SMALLINT,
  DuckDBTypeId.INTEGER,
  DuckDBTypeId.BIGINT,
  DuckDBTypeId.UTINYINT,
  DuckDBTypeId.USMALLINT,
  DuckDBTypeId.UINTEGER,
  DuckDBTypeId.UBIGINT,
  DuckDBTypeId.HUGEINT,
]);
const INTEGERS_AS: ReadonlySet<string> = new Set(
  'int2 int4 int8 oid xid numeric float4 float8 text varchar name unknown'.split(' '),
);
const VECTORS: ReadonlySet<string> = new Set(['int2vector', 'oidvector']);
const VECTOR_ELEMENTS: ReadonlySet<string> = new Set(['int2', 'int4', 'int8', 'oid']);
const FLOATS: ReadonlySet<string> = new Set(['float4', 'float8']);
const TIMESTAMPS: ReadonlySet<string> = new Set(['timestamp', 'timestamptz']);

/** Whether the codec can write what DuckDB gives: its own codec is `own`. */
function canWrite(codec: PgCodec, own: PgCodec, type: DuckDBType): boolean {
  if (codec.element !== undefined && own.element !== undefined && type.typeId === DuckDBTypeId.LIST) {
    return canWrite(codec.element, own.element, type.valueType);
  }
  if (VECTORS.has(codec.name)) return VECTOR_ELEMENTS.has(own.element?.name ?? '');
  if (INTEGERS.has(type.typeId)) return INTEGERS_AS.has(codec.name);
  if (type.typeId === DuckDBTypeId.VARCHAR) return codec.duckType.typeId === DuckDBTypeId.VARCHAR;
  if (type.typeId === DuckDBTypeId.DECIMAL || FLOATS.has(own.name)) return FLOATS.has(codec.name);
  return TIMESTAMPS.has(own.name) && TIMESTAMPS.has(codec.name);
}
