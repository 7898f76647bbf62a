import { SqlError } from '../../../errors.ts';
import type { RawCell, RawRow, RowDecoder } from './row-decoder.ts';

const SIGNATURE = Buffer.from('PGCOPY\n\xff\r\n\0', 'latin1');
const HEADER = SIGNATURE.length + 8;
const MAX_CELL = 1024 * 1024 * 1024;

/** COPY's binary format: a signature, then a count and length-prefixed cells a row, -1 as the end. */
export class BinaryRowDecoder implements RowDecoder {
  #pending: Buffer = Buffer.alloc(0);
  #begun = false;
  #ended = false;
  #row = 0;

  push(bytes: Buffer): readonly RawRow[] {
    this.#pending = this.#pending.length === 0 ? bytes : Buffer.concat([this.#pending, bytes]);
    if (!this.#begun && !this.#takeHeader()) return [];
    const rows: RawRow[] = [];
    for (let row = this.#takeRow(); row !== null; row = this.#takeRow()) rows.push(row);
    this.#pending = Buffer.from(this.#pending);
    return rows;
  }

  finish(): readonly RawRow[] {
    if (!this.#begun) throw new SqlError('22P04', 'COPY file signature not recognized');
    if (!this.#ended && this.#pending.length > 0) throw new SqlError('22P04', 'unexpected EOF in COPY data');
    return [];
  }

  #takeHeader(): boolean {
    if (this.#pending.length < HEADER) return false;
    if (!this.#pending.subarray(0, SIGNATURE.length).equals(SIGNATURE)) {
      throw new SqlError('22P04', 'COPY file signature not recognized');
    }
    const extension = this.#pending.readUInt32BE(HEADER - 4);
    if (this.#pending.length < HEADER + extension) return false;
    this.#pending = this.#pending.subarray(HEADER + extension);
    this.#begun = true;
    return true;
  }

  /** null while bytes are missing, and at the end. */
  #takeRow(): RawRow | null {
    const data = this.#pending;
    if (this.#ended || data.length < 2) return null;
    const count = data.readInt16BE(0);
    if (count === -1) {
      this.#ended = true;
      return null;
    }
    const cells: RawCell[] = [];
    let at = 2;
    for (; cells.length < count;) {
      if (data.length < at + 4) return null;
      const length = data.readInt32BE(at);
      if (length < -1 || length > MAX_CELL) throw new SqlError('22P04', 'invalid field size');
      at += 4;
      if (length > data.length - at) return null;
      cells.push(length === -1 ? null : data.subarray(at, at + length));
      at += Math.max(0, length);
    }
    this.#pending = data.subarray(at);
    this.#row += 1;
    return { line: this.#row, cells };
  }
}
