import { type DuckDBType, DuckDBTypeId } from '@duckdb/node-api';
import type { FormatCode } from '../frontend/frontend-message.ts';
import type { ColumnType } from '../types/column-type.ts';
import { doubleText, singleText } from '../types/floats.ts';
import type { TextStyle } from '../types/text-style.ts';
import { BigIntColumn } from './bigint-column.ts';
import type { ColumnEncoder } from './column-encoder.ts';
import { booleanColumn, floatColumn, integerColumn } from './number-column.ts';
import { RecordColumn } from './record-column.ts';
import { StringColumn } from './string-column.ts';
import { ValueColumn } from './value-column.ts';

type Make = (format: FormatCode) => ColumnEncoder;

/** Types whose own codec is what DuckDB's memory says, so that it can be read without a value between. */
const DIRECT: Partial<Record<DuckDBTypeId, { readonly codecs: readonly string[]; readonly make: Make }>> =
  Object.freeze({
    [DuckDBTypeId.BOOLEAN]: { codecs: ['bool'], make: booleanColumn },
    [DuckDBTypeId.TINYINT]: { codecs: ['int2'], make: (format: FormatCode) => integerColumn(1, 2, format) },
    [DuckDBTypeId.SMALLINT]: { codecs: ['int2'], make: (format: FormatCode) => integerColumn(2, 2, format) },
    [DuckDBTypeId.INTEGER]: { codecs: ['int4'], make: (format: FormatCode) => integerColumn(4, 4, format) },
    [DuckDBTypeId.BIGINT]: { codecs: ['int8'], make: (format: FormatCode) => new BigIntColumn(format) },
    [DuckDBTypeId.FLOAT]: {
      codecs: ['float4'],
      make: (format: FormatCode) => floatColumn(4, format, singleText),
    },
    [DuckDBTypeId.DOUBLE]: {
      codecs: ['float8'],
      make: (format: FormatCode) => floatColumn(8, format, doubleText),
    },
    [DuckDBTypeId.VARCHAR]: {
      codecs: ['text', 'varchar', 'bpchar', 'name', 'json', 'unknown', 'xml', 'inet', 'void'],
      make: () => new StringColumn(),
    },
  });

export function columnEncoderOf(
  duckType: DuckDBType,
  type: ColumnType,
  format: FormatCode,
  style: TextStyle,
): ColumnEncoder {
  const direct = DIRECT[duckType.typeId];
  if (direct !== undefined && direct.codecs.includes(type.codec.name)) return direct.make(format);
  if (duckType.typeId === DuckDBTypeId.STRUCT && type.codec.name === 'record') {
    return new RecordColumn(duckType, format, style);
  }
  const isBytes = duckType.typeId === DuckDBTypeId.BLOB && type.codec.name === 'bytea';
  return isBytes && format === 1 ? new StringColumn() : new ValueColumn(type.codec, format, style);
}
