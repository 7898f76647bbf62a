import duckdb from '@duckdb/node-bindings';
import { DOUBLE, DuckDBDataChunk, type DuckDBType, UBIGINT, VARCHAR } from '@duckdb/node-api';
import type { AnswerTable } from '../../operators/evaluation/answer-table.ts';

const CHUNK_ROWS = 2_048;
/** Characters. Longer answers are mostly the only ones of their kind, and would be held twice. */
const LONGEST_TEXT = 64;

/** Answers as rows of a table: hash and answer. NULL and long texts are left out. */
export class AnswerRows {
  #at = 0;

  constructor(
    private readonly type: DuckDBType,
    private readonly answers: AnswerTable,
    /** Low and high word of each slot's hash. */
    private readonly hashes: Uint32Array,
    private readonly slots: Int32Array,
  ) {}

  /** null when there are no more. */
  next(): DuckDBDataChunk | null {
    const hashes = new Uint32Array(CHUNK_ROWS * 2);
    const values: unknown[] = [];
    for (; this.#at < this.slots.length && values.length < CHUNK_ROWS; this.#at += 1) {
      const value = this.answers.valueOf(this.slots[this.#at] as number);
      if (!this.#fits(value)) continue;
      hashes[values.length * 2] = this.hashes[this.#at * 2] as number;
      hashes[values.length * 2 + 1] = this.hashes[this.#at * 2 + 1] as number;
      values.push(value);
    }
    return values.length === 0 ? null : chunkOf(this.type, hashes, values);
  }

  #fits(value: unknown): boolean {
    if (this.type === VARCHAR) return typeof value === 'string' && value.length <= LONGEST_TEXT;
    return typeof value === (this.type === DOUBLE ? 'number' : 'boolean');
  }
}

function chunkOf(type: DuckDBType, hashes: Uint32Array, values: readonly unknown[]): DuckDBDataChunk {
  const chunk = DuckDBDataChunk.create([UBIGINT, type], values.length);
  const [column, data] = [duckdb.data_chunk_get_vector(chunk.chunk, 0), hashes.buffer as ArrayBuffer];
  duckdb.copy_data_to_vector(column, 0, data, 0, values.length * 8);
  chunk.setColumnValues(1, values as never);
  return chunk;
}
