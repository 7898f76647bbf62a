import type { ResultColumn } from '../../engine/engine-connection.ts';
import type { WireColumn } from '../backend/encode-backend.ts';
import type { FormatCode } from '../frontend/frontend-message.ts';
import { columnTypeOf } from '../types/column-type.ts';
import type { TextStyle } from '../types/text-style.ts';
import { columnEncoderOf } from './column-encoder-of.ts';
import { RowEncoder } from './row-encoder.ts';

export function rowEncoderOf(
  columns: readonly ResultColumn[],
  formatOf: (index: number) => FormatCode,
  style: TextStyle,
): RowEncoder {
  return new RowEncoder(
    columns.map(({ type }, index) => columnEncoderOf(type, columnTypeOf(type), formatOf(index), style)),
  );
}

/** The columns as a RowDescription tells them. */
export function wireColumns(columns: readonly ResultColumn[]): readonly WireColumn[] {
  return columns.map(({ name, type }) => {
    const { codec, typmod } = columnTypeOf(type);
    return { name, oid: codec.oid, length: codec.length, typmod };
  });
}
