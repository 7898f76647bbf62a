import duckdb from '@duckdb/node-bindings';
import type { DuckDBDataChunk } from '@duckdb/node-api';

const STRING_BYTES = 16;

/**
 * Reads the arguments of a semantic function: column 0 is the hash of the others, the others are texts. DuckDB's
 * `string_t` is 16 bytes: length, first four bytes, and the rest inline (up to 12 bytes) or a pointer.
 */
export class ArgumentReader {
  readonly rows: number;
  /** Low and high word of each row's hash. */
  readonly hashes: Uint32Array;
  /** The first argument's strings, four words each. */
  readonly strings: Uint32Array;
  /** Little-endian bits, set where the row has a value; null where every row has. */
  readonly #validities: readonly (Uint8Array | null)[];

  constructor(private readonly chunk: DuckDBDataChunk) {
    const raw = chunk.chunk;
    this.rows = chunk.rowCount;
    const first = duckdb.data_chunk_get_vector(raw, 1);
    this.hashes = words(duckdb.vector_get_data(duckdb.data_chunk_get_vector(raw, 0), this.rows * 8));
    this.strings = words(duckdb.vector_get_data(first, this.rows * STRING_BYTES));
    const bytes = Math.ceil(this.rows / 64) * 8;
    this.#validities = Array.from({ length: chunk.columnCount - 1 }, (_, at): Uint8Array | null =>
      duckdb.vector_get_validity(duckdb.data_chunk_get_vector(raw, at + 1), bytes),
    );
  }

  /** Whether one of the first `count` arguments is NULL. */
  hasNull(row: number, count: number): boolean {
    for (let at = 0; at < count; at += 1) {
      const validity = this.#validities[at];
      if (validity !== null && validity !== undefined && !isValid(validity, row)) return true;
    }
    return false;
  }

  get mayHaveNull(): boolean {
    return this.#validities.some((validity) => validity !== null);
  }

  /** The texts; slow (a native call each), so only for a miss. */
  texts(row: number): readonly (string | null)[] {
    return this.#validities.map((_, at) => this.chunk.getColumnVector(at + 1).getItem(row) as string | null);
  }
}

function words(bytes: Uint8Array): Uint32Array {
  return new Uint32Array(bytes.buffer, bytes.byteOffset, bytes.byteLength >> 2);
}

function isValid(validity: Uint8Array, row: number): boolean {
  return (((validity[row >> 3] as number) >> (row & 7)) & 1) === 1;
}
