import type { DuckDBDataChunk } from '@duckdb/node-api';
import type { ByteSink } from '../../byte-sink.ts';
import { RawVector } from '../raw-vector.ts';
import { writeNull } from '../write-cell.ts';
import type { CellWriter } from './cell-writer.ts';

/** Appends the cell of the value at byte `from` of the vector's little-endian memory. */
export type WriteValue = (target: ByteSink, source: DataView, from: number) => void;

/** Values of a fixed size in DuckDB's memory whose cells have any length. */
export class RawCells implements CellWriter {
  #vector: RawVector | null = null;

  constructor(
    private readonly bytesPerValue: number,
    private readonly writeValue: WriteValue,
  ) {}

  load(chunk: DuckDBDataChunk, index: number, rowCount: number): void {
    this.#vector = new RawVector(chunk, index, rowCount, this.bytesPerValue);
  }

  write(target: ByteSink, row: number): void {
    const vector = this.#vector;
    if (vector === null || vector.isNull(row)) writeNull(target);
    else this.writeValue(target, vector.view, row * this.bytesPerValue);
  }
}
