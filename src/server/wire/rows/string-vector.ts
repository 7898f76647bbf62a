import type { DuckDBDataChunk } from '@duckdb/node-api';
import duckdb from '@duckdb/node-bindings';
import type { ByteSink } from '../byte-sink.ts';
import { copyBytes } from './copy-bytes.ts';
import { RawVector } from './raw-vector.ts';

const BYTES_PER_STRING = 16;
const INLINE = 12;
/** Below the size of a page: memory between two strings that are nearer than that can be read. */
const MAX_GAP = 1024;
const TWO_32 = 4_294_967_296;

/** A stretch of memory that holds strings of many rows. */
interface Stretch {
  start: number;
  end: number;
  bytes: Uint8Array;
  view: DataView;
}

const NOTHING = new Uint8Array(0);
const NO_VIEW = new DataView(NOTHING.buffer);

/**
 * A VARCHAR or BLOB column as DuckDB keeps it: 16 bytes a row, with up to 12 bytes of text in them and otherwise a
 * pointer. Texts of a chunk lie side by side, so a handful of reads fetches those of 2,048 rows.
 */
export class StringVector {
  readonly #raw: RawVector;
  readonly #words: Uint32Array;
  readonly #stretches: Stretch[] = [];
  readonly #stretchOf: Uint16Array;

  constructor(chunk: DuckDBDataChunk, index: number, rowCount: number) {
    this.#raw = new RawVector(chunk, index, rowCount, BYTES_PER_STRING);
    const { buffer, byteOffset } = this.#raw.data;
    this.#words = new Uint32Array(buffer, byteOffset, rowCount * 4);
    this.#stretchOf = new Uint16Array(rowCount);
    for (let row = 0; row < rowCount; row += 1) this.#place(row);
    for (const stretch of this.#stretches) {
      stretch.bytes = read(stretch);
      const { buffer, byteOffset, byteLength } = stretch.bytes;
      stretch.view = new DataView(buffer, byteOffset, byteLength);
    }
  }

  isNull(row: number): boolean {
    return this.#raw.isNull(row);
  }

  byteLength(row: number): number {
    return this.#words[row << 2] as number;
  }

  /** Copies the text of a row that is not NULL; `target` has room for it at `at`. */
  copy(row: number, target: ByteSink, at: number): void {
    const length = this.byteLength(row);
    if (length <= INLINE) {
      copyBytes(this.#raw.data, this.#raw.view, (row << 4) + 4, length, target, at);
      return;
    }
    const stretch = this.#stretches[this.#stretchOf[row] as number] as Stretch;
    copyBytes(stretch.bytes, stretch.view, this.#pointer(row) - stretch.start, length, target, at);
  }

  #pointer(row: number): number {
    const word = row << 2;
    return (this.#words[word + 3] as number) * TWO_32 + (this.#words[word + 2] as number);
  }

  /** Neighbours in row order are neighbours in memory, upwards or downwards. */
  #place(row: number): void {
    const length = this.byteLength(row);
    if (this.isNull(row) || length <= INLINE) return;
    const start = this.#pointer(row);
    const end = start + length;
    const last = this.#stretches.at(-1);
    if (last !== undefined && start <= last.end + MAX_GAP && end >= last.start - MAX_GAP) {
      last.start = Math.min(last.start, start);
      last.end = Math.max(last.end, end);
    } else {
      this.#stretches.push({ start, end, bytes: NOTHING, view: NO_VIEW });
    }
    this.#stretchOf[row] = this.#stretches.length - 1;
  }
}

function read({ start, end }: Stretch): Uint8Array {
  const pointer = new BigUint64Array([BigInt(start)]);
  return duckdb.get_data_from_pointer(pointer.buffer, 0, end - start);
}
