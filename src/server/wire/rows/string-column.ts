import type { DuckDBDataChunk } from '@duckdb/node-api';
import type { Output } from '../output.ts';
import type { ColumnEncoder } from './column-encoder.ts';
import { StringVector } from './string-vector.ts';
import { writeInt32, writeNull } from './write-cell.ts';

/** VARCHAR in both formats, BLOB in binary: bytes as DuckDB has them. */
export class StringColumn implements ColumnEncoder {
  #vector: StringVector | null = null;

  load(chunk: DuckDBDataChunk, index: number, rowCount: number): void {
    this.#vector = new StringVector(chunk, index, rowCount);
  }

  write(output: Output, row: number): void {
    const vector = this.#vector;
    if (vector === null || vector.isNull(row)) {
      writeNull(output);
      return;
    }
    const length = vector.byteLength(row);
    output.ensure(length + 4);
    writeInt32(output, length);
    vector.copy(row, output.bytes, output.at);
    output.at += length;
  }
}
