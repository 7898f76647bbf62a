import { type DuckDBDataChunk, type DuckDBStructType, DuckDBStructVector } from '@duckdb/node-api';
import type { FormatCode } from '../../frontend/frontend-message.ts';
import type { ByteSink } from '../../byte-sink.ts';
import { columnTypeOf } from '../../types/column-type.ts';
import type { PgCodec } from '../../types/pg-codec.ts';
import { recordBytes, recordText } from '../../types/record.ts';
import type { TextStyle } from '../../types/text-style.ts';
import type { CellWriter } from './cell-writer.ts';
import { writeBytes, writeNull, writeText } from '../write-cell.ts';

/** `ROW(…)`: a struct whose parts have no names, so that they are read by their place. */
export class RecordCells implements CellWriter {
  readonly #fields: readonly PgCodec[];
  #vector: DuckDBStructVector | null = null;

  constructor(
    type: DuckDBStructType,
    private readonly format: FormatCode,
    private readonly style: TextStyle,
  ) {
    this.#fields = type.entryTypes.map((entry) => columnTypeOf(entry).codec);
  }

  load(chunk: DuckDBDataChunk, index: number): void {
    const vector = chunk.getColumnVector(index);
    this.#vector = vector instanceof DuckDBStructVector ? vector : null;
  }

  write(target: ByteSink, row: number): void {
    const vector = this.#vector;
    if (vector === null || !vector.isItemValid(row)) {
      writeNull(target);
      return;
    }
    const parts = this.#fields.map((_, index) => vector.getItemValue(row, index));
    if (this.format === 0) writeText(target, recordText(parts, this.#fields, this.style));
    else writeBytes(target, recordBytes(parts, this.#fields, this.style));
  }
}
