import type { DuckDBDataChunk, DuckDBVector } from '@duckdb/node-api';
import type { FormatCode } from '../../frontend/frontend-message.ts';
import type { ByteSink } from '../../byte-sink.ts';
import type { PgCodec } from '../../types/pg-codec.ts';
import type { TextStyle } from '../../types/text-style.ts';
import type { CellWriter } from './cell-writer.ts';
import { writeBytes, writeNull, writeText } from '../write-cell.ts';

/** Any type, value by value through its codec. */
export class ValueCells implements CellWriter {
  #vector: DuckDBVector | null = null;

  constructor(
    readonly codec: PgCodec,
    readonly format: FormatCode,
    readonly style: TextStyle,
  ) {}

  load(chunk: DuckDBDataChunk, index: number): void {
    this.#vector = chunk.getColumnVector(index);
  }

  write(target: ByteSink, row: number): void {
    const value = this.#vector?.getItem(row) ?? null;
    if (value === null) writeNull(target);
    else if (this.format === 0) writeText(target, this.codec.text(value, this.style));
    else writeBytes(target, this.codec.binary(value, this.style));
  }
}
