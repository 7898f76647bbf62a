import type { DuckDBDataChunk } from '@duckdb/node-api';
import type { Output } from '../output.ts';
import type { ColumnEncoder } from './column-encoder.ts';

const DATA_ROW = 'D'.charCodeAt(0);
const HEADER = 7;

/**
 * Writes rows of chunks as DataRow messages, a column after another: sizes first, which give each row its place, and
 * then each column's cells in one loop over its own memory.
 */
export class RowEncoder {
  #chunk: DuckDBDataChunk | null = null;
  #sizes = new Int32Array(0);
  #places = new Int32Array(0);

  constructor(readonly columns: readonly ColumnEncoder[]) {}

  /** Writes rows `from`..`to` of a chunk until the output is full; gives the first row it did not write. */
  write(output: Output, chunk: DuckDBDataChunk, from: number, to: number): number {
    if (chunk !== this.#chunk) this.#load(chunk);
    const end = this.#place(output, from, to);
    for (const column of this.columns) column.write(output, this.#places, from, end);
    return end;
  }

  #load(chunk: DuckDBDataChunk): void {
    const { rowCount } = chunk;
    if (this.#sizes.length < rowCount) {
      this.#sizes = new Int32Array(rowCount);
      this.#places = new Int32Array(rowCount);
    }
    this.#sizes.fill(HEADER, 0, rowCount);
    this.columns.forEach((column, index) => {
      column.load(chunk, index, rowCount);
      column.measure(this.#sizes, rowCount);
    });
    this.#chunk = chunk;
  }

  /** Writes the heads of the rows that fit, and notes where their cells begin; gives the first row that does not fit. */
  #place(output: Output, from: number, to: number): number {
    const sizes = this.#sizes;
    let end = from;
    let bytes = 0;
    for (; end < to && bytes < output.room; end += 1) bytes += sizes[end] as number;
    output.ensure(bytes);
    const { view } = output;
    for (let row = from; row < end; row += 1) {
      const size = sizes[row] as number;
      view.setUint8(output.at, DATA_ROW);
      view.setInt32(output.at + 1, size - 1);
      view.setInt16(output.at + 5, this.columns.length);
      this.#places[row] = output.at + HEADER;
      output.at += size;
    }
    return end;
  }
}
