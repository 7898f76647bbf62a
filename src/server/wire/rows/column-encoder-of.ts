import { type DuckDBType, DuckDBTypeId } from '@duckdb/node-api';
import type { FormatCode } from '../frontend/frontend-message.ts';
import type { ColumnType } from '../types/column-type.ts';
import type { TextStyle } from '../types/text-style.ts';
import { CellColumn } from './cell-column.ts';
import { dateTextWriter } from './cells/date-text.ts';
import { decimalCells } from './cells/decimal-cells.ts';
import { writeFloat4Text, writeFloat8Text } from './cells/float-text.ts';
import { writeInt16Text, writeInt32Text, writeInt64Text, writeInt8Text } from './cells/integer-text.ts';
import { RawCells, type WriteValue } from './cells/raw-cells.ts';
import { RecordCells } from './cells/record-cells.ts';
import { timestampTextWriter } from './cells/timestamp-text.ts';
import { ValueCells } from './cells/value-cells.ts';
import type { ColumnEncoder } from './column-encoder.ts';
import { FixedColumn, type PutValue } from './fixed-column.ts';
import * as put from './fixed-values.ts';
import { StringColumn } from './string-column.ts';

/** A type whose own codecs are what DuckDB's memory says, so that it can be read without a value between. */
interface Direct {
  readonly codecs: readonly string[];
  readonly text: (style: TextStyle) => ColumnEncoder;
  readonly binary: () => ColumnEncoder;
}

const DIRECT: Partial<Record<DuckDBTypeId, Direct>> = Object.freeze({
  [DuckDBTypeId.BOOLEAN]: {
    codecs: ['bool'],
    text: () => new FixedColumn(1, 1, put.putBooleanText),
    binary: () => new FixedColumn(1, 1, put.putBoolean),
  },
  [DuckDBTypeId.TINYINT]: numbers('int2', 1, 2, () => writeInt8Text, put.putByteAsInt16),
  [DuckDBTypeId.SMALLINT]: numbers('int2', 2, 2, () => writeInt16Text, put.putInt16),
  [DuckDBTypeId.INTEGER]: numbers('int4', 4, 4, () => writeInt32Text, put.putInt32),
  [DuckDBTypeId.BIGINT]: numbers('int8', 8, 8, () => writeInt64Text, put.put64Bits),
  [DuckDBTypeId.FLOAT]: numbers('float4', 4, 4, () => writeFloat4Text, put.putInt32),
  [DuckDBTypeId.DOUBLE]: numbers('float8', 8, 8, () => writeFloat8Text, put.put64Bits),
  [DuckDBTypeId.DATE]: numbers('date', 4, 4, dateTextWriter, put.putDate),
  [DuckDBTypeId.TIMESTAMP]: numbers('timestamp', 8, 8, () => timestampTextWriter(null), put.putTimestamp),
  [DuckDBTypeId.TIMESTAMP_TZ]: numbers(
    'timestamptz',
    8,
    8,
    ({ zone }) => timestampTextWriter(zone),
    put.putTimestamp,
  ),
  [DuckDBTypeId.UUID]: {
    codecs: ['uuid'],
    text: () => new FixedColumn(16, 36, put.putUuidText),
    binary: () => new FixedColumn(16, 16, put.putUuid),
  },
  [DuckDBTypeId.VARCHAR]: {
    codecs: ['text', 'varchar', 'bpchar', 'name', 'json', 'unknown', 'xml', 'inet', 'void'],
    text: () => new StringColumn(),
    binary: () => new StringColumn(),
  },
});

function numbers(
  codec: string,
  bytes: number,
  wireBytes: number,
  text: (style: TextStyle) => WriteValue,
  binary: PutValue,
): Direct {
  return {
    codecs: [codec],
    text: (style) => new CellColumn(new RawCells(bytes, text(style))),
    binary: () => new FixedColumn(bytes, wireBytes, binary),
  };
}

export function columnEncoderOf(
  duckType: DuckDBType,
  type: ColumnType,
  format: FormatCode,
  style: TextStyle,
): ColumnEncoder {
  const { codec } = type;
  const direct = DIRECT[duckType.typeId];
  if (direct !== undefined && direct.codecs.includes(codec.name))
    return format === 0 ? direct.text(style) : direct.binary();
  if (duckType.typeId === DuckDBTypeId.DECIMAL && codec.name === 'numeric')
    return new CellColumn(decimalCells(duckType, format));
  if (duckType.typeId === DuckDBTypeId.STRUCT && codec.name === 'record')
    return new CellColumn(new RecordCells(duckType, format, style));
  const isBytes = duckType.typeId === DuckDBTypeId.BLOB && codec.name === 'bytea';
  return isBytes && format === 1 ? new StringColumn() : new CellColumn(new ValueCells(codec, format, style));
}
