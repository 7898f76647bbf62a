import type { DuckDBDataChunk } from '@duckdb/node-api';
import type { ByteSink } from '../byte-sink.ts';
import type { ColumnEncoder } from './column-encoder.ts';
import { RawVector } from './raw-vector.ts';

/** Writes the value at byte `from` of the vector's little-endian memory to byte `at` of the target. */
export type PutValue = (source: DataView, from: number, target: DataView, at: number) => void;

const LENGTH = 4;

/** Values that have the same number of bytes in DuckDB's memory, and the same number on the wire. */
export class FixedColumn implements ColumnEncoder {
  #vector: RawVector | null = null;

  constructor(
    private readonly bytesPerValue: number,
    private readonly wireBytes: number,
    private readonly put: PutValue,
  ) {}

  load(chunk: DuckDBDataChunk, index: number, rowCount: number): void {
    this.#vector = new RawVector(chunk, index, rowCount, this.bytesPerValue);
  }

  measure(sizes: Int32Array, rowCount: number): void {
    const vector = this.#vector as RawVector;
    const whole = LENGTH + this.wireBytes;
    for (let row = 0; row < rowCount; row += 1)
      sizes[row] = (sizes[row] as number) + (vector.isNull(row) ? LENGTH : whole);
  }

  write({ view }: ByteSink, places: Int32Array, from: number, to: number): void {
    const { bytesPerValue, wireBytes, put } = this;
    const vector = this.#vector as RawVector;
    const source = vector.view;
    for (let row = from; row < to; row += 1) {
      const place = places[row] as number;
      if (vector.isNull(row)) {
        view.setInt32(place, -1);
        places[row] = place + LENGTH;
      } else {
        view.setInt32(place, wireBytes);
        put(source, row * bytesPerValue, view, place + LENGTH);
        places[row] = place + LENGTH + wireBytes;
      }
    }
  }
}
