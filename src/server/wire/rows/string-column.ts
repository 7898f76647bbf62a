import type { DuckDBDataChunk } from '@duckdb/node-api';
import type { ByteSink } from '../byte-sink.ts';
import type { ColumnEncoder } from './column-encoder.ts';
import { StringVector } from './string-vector.ts';

const LENGTH = 4;

/** VARCHAR in both formats, BLOB in binary: bytes as DuckDB has them. */
export class StringColumn implements ColumnEncoder {
  #vector: StringVector | null = null;

  load(chunk: DuckDBDataChunk, index: number, rowCount: number): void {
    this.#vector = new StringVector(chunk, index, rowCount);
  }

  measure(sizes: Int32Array, rowCount: number): void {
    const vector = this.#vector as StringVector;
    for (let row = 0; row < rowCount; row += 1)
      sizes[row] = (sizes[row] as number) + LENGTH + (vector.isNull(row) ? 0 : vector.byteLength(row));
  }

  write(target: ByteSink, places: Int32Array, from: number, to: number): void {
    const vector = this.#vector as StringVector;
    const { view } = target;
    for (let row = from; row < to; row += 1) {
      const place = places[row] as number;
      if (vector.isNull(row)) {
        view.setInt32(place, -1);
        places[row] = place + LENGTH;
      } else {
        const length = vector.byteLength(row);
        view.setInt32(place, length);
        vector.copy(row, target, place + LENGTH);
        places[row] = place + LENGTH + length;
      }
    }
  }
}
