import type { DuckDBDataChunk } from '@duckdb/node-api';
import type { FormatCode } from '../frontend/frontend-message.ts';
import type { Output } from '../output.ts';
import type { ColumnEncoder } from './column-encoder.ts';
import { RawVector } from './raw-vector.ts';
import { writeInt32, writeInteger, writeNull, writeText } from './write-cell.ts';

const TWO_32 = 4_294_967_296;
/** High words between which 64 bits fit a number's 53. */
const SAFE_HIGH = 2 ** 20;

export class BigIntColumn implements ColumnEncoder {
  #vector: RawVector | null = null;
  #view: DataView = new DataView(new ArrayBuffer(0));

  constructor(readonly format: FormatCode) {}

  load(chunk: DuckDBDataChunk, index: number, rowCount: number): void {
    this.#vector = new RawVector(chunk, index, rowCount, 8);
    const { buffer, byteOffset, byteLength } = this.#vector.data;
    this.#view = new DataView(buffer, byteOffset, byteLength);
  }

  write(output: Output, row: number): void {
    if (this.#vector === null || this.#vector.isNull(row)) writeNull(output);
    else if (this.format === 1) this.#writeBinary(output, row);
    else this.#writeText(output, row);
  }

  #writeText(output: Output, row: number): void {
    const high = this.#view.getInt32(row * 8 + 4, true);
    if (high >= -SAFE_HIGH && high < SAFE_HIGH) {
      writeInteger(output, high * TWO_32 + this.#view.getUint32(row * 8, true));
    } else {
      writeText(output, String(this.#view.getBigInt64(row * 8, true)));
    }
  }

  #writeBinary(output: Output, row: number): void {
    output.ensure(12);
    writeInt32(output, 8);
    writeInt32(output, this.#view.getInt32(row * 8 + 4, true));
    writeInt32(output, this.#view.getInt32(row * 8, true));
  }
}
