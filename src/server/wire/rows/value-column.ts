import type { DuckDBDataChunk, DuckDBVector } from '@duckdb/node-api';
import type { FormatCode } from '../frontend/frontend-message.ts';
import type { Output } from '../output.ts';
import type { PgCodec } from '../types/pg-codec.ts';
import type { TextStyle } from '../types/text-style.ts';
import type { ColumnEncoder } from './column-encoder.ts';
import { writeBytes, writeNull, writeText } from './write-cell.ts';

/** Any type, value by value through its codec. */
export class ValueColumn implements ColumnEncoder {
  #vector: DuckDBVector | null = null;

  constructor(
    readonly codec: PgCodec,
    readonly format: FormatCode,
    readonly style: TextStyle,
  ) {}

  load(chunk: DuckDBDataChunk, index: number): void {
    this.#vector = chunk.getColumnVector(index);
  }

  write(output: Output, row: number): void {
    const value = this.#vector?.getItem(row) ?? null;
    if (value === null) writeNull(output);
    else if (this.format === 0) writeText(output, this.codec.text(value, this.style));
    else writeBytes(output, this.codec.binary(value, this.style));
  }
}
