import type { DuckDBDataChunk } from '@duckdb/node-api';
import type { Output } from '../output.ts';
import type { ColumnEncoder } from './column-encoder.ts';
import { writeInt32 } from './write-cell.ts';

const DATA_ROW = 'D'.charCodeAt(0);
const HEADER = 7;

/** Writes rows of chunks as DataRow messages. */
export class RowEncoder {
  #chunk: DuckDBDataChunk | null = null;

  constructor(readonly columns: readonly ColumnEncoder[]) {}

  /** Writes rows `from`..`to` of a chunk until the output is full; gives the first row it did not write. */
  write(output: Output, chunk: DuckDBDataChunk, from: number, to: number): number {
    if (chunk !== this.#chunk) this.#load(chunk);
    let row = from;
    for (; row < to && !output.full; row += 1) this.#writeRow(output, row);
    return row;
  }

  #load(chunk: DuckDBDataChunk): void {
    const { rowCount } = chunk;
    this.columns.forEach((column, index) => column.load(chunk, index, rowCount));
    this.#chunk = chunk;
  }

  #writeRow(output: Output, row: number): void {
    const { columns } = this;
    output.ensure(HEADER);
    const start = output.at;
    output.bytes[start] = DATA_ROW;
    output.view.setInt16(start + 5, columns.length);
    output.at = start + HEADER;
    for (const column of columns) column.write(output, row);
    const end = output.at;
    output.at = start + 1;
    writeInt32(output, end - start - 1);
    output.at = end;
  }
}
