import type { DuckDBDataChunk } from '@duckdb/node-api';
import duckdb from '@duckdb/node-bindings';

/** The memory of one column of a chunk: values of a fixed size, and a bit a row that is 0 for NULL. */
export class RawVector {
  readonly data: Uint8Array;
  readonly view: DataView;
  readonly #validity: Uint8Array | null;

  constructor(chunk: DuckDBDataChunk, index: number, rowCount: number, bytesPerValue: number) {
    const vector = duckdb.data_chunk_get_vector(chunk.chunk, index);
    this.data = duckdb.vector_get_data(vector, rowCount * bytesPerValue);
    this.view = new DataView(this.data.buffer, this.data.byteOffset, this.data.byteLength);
    this.#validity = validityOf(vector, rowCount);
  }

  isNull(row: number): boolean {
    const bits = this.#validity;
    return bits !== null && ((bits[row >> 3] as number) & (1 << (row & 7))) === 0;
  }
}

/** null where no row is NULL. */
function validityOf(vector: duckdb.Vector, rowCount: number): Uint8Array | null {
  const bits: Uint8Array | null = duckdb.vector_get_validity(vector, Math.ceil(rowCount / 64) * 8);
  return bits;
}
