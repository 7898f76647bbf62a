import type { DuckDBDataChunk } from '@duckdb/node-api';
import { ByteSink } from '../byte-sink.ts';
import type { CellWriter } from './cells/cell-writer.ts';
import type { ColumnEncoder } from './column-encoder.ts';
import { copyBytes } from './copy-bytes.ts';

const SCRATCH = 32 * 1024;

/** Makes the cells of a chunk one after another, and puts them in their places. */
export class CellColumn implements ColumnEncoder {
  readonly #scratch = new ByteSink(SCRATCH);
  /** Where each row's cell ends in the scratch. */
  #ends = new Int32Array(0);

  constructor(private readonly cells: CellWriter) {}

  load(chunk: DuckDBDataChunk, index: number, rowCount: number): void {
    const { cells } = this;
    const scratch = this.#scratch;
    if (this.#ends.length < rowCount) this.#ends = new Int32Array(rowCount);
    const ends = this.#ends;
    scratch.at = 0;
    cells.load(chunk, index, rowCount);
    for (let row = 0; row < rowCount; row += 1) {
      cells.write(scratch, row);
      ends[row] = scratch.at;
    }
  }

  measure(sizes: Int32Array, rowCount: number): void {
    const ends = this.#ends;
    let start = 0;
    for (let row = 0; row < rowCount; row += 1) {
      const end = ends[row] as number;
      sizes[row] = (sizes[row] as number) + end - start;
      start = end;
    }
  }

  write(target: ByteSink, places: Int32Array, from: number, to: number): void {
    const { view, bytes } = this.#scratch;
    const ends = this.#ends;
    let start = from === 0 ? 0 : (ends[from - 1] as number);
    for (let row = from; row < to; row += 1) {
      const length = (ends[row] as number) - start;
      const place = places[row] as number;
      copyBytes(bytes, view, start, length, target, place);
      places[row] = place + length;
      start += length;
    }
  }
}
