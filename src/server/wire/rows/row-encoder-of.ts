import type { WireColumn } from '../backend/encode-backend.ts';
import type { FormatCode } from '../frontend/frontend-message.ts';
import type { TextStyle } from '../types/text-style.ts';
import type { TypedColumn } from '../types/typed-column.ts';
import { columnEncoderOf } from './column-encoder-of.ts';
import { RowEncoder } from './row-encoder.ts';

export function rowEncoderOf(
  columns: readonly TypedColumn[],
  formatOf: (index: number) => FormatCode,
  style: TextStyle,
): RowEncoder {
  return new RowEncoder(
    columns.map(({ duckType, type }, index) => columnEncoderOf(duckType, type, formatOf(index), style)),
  );
}

/** The columns as a RowDescription tells them. */
export function wireColumns(columns: readonly TypedColumn[]): readonly WireColumn[] {
  return columns.map(({ name, type: { codec, typmod } }) => ({
    name,
    oid: codec.oid,
    length: codec.length,
    typmod,
  }));
}
