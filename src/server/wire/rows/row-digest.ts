import { createHash } from 'node:crypto';
import type { Output } from '../output.ts';

/** A fingerprint of rows as they were encoded for a client. */
export class RowDigest {
  readonly #hash = createHash('sha256');
  rows = 0;

  /** What the encoder wrote behind `from`; it has not left yet. */
  add({ bytes, at }: Output, from: number, rows: number): void {
    this.#hash.update(bytes.subarray(from, at));
    this.rows += rows;
  }

  get value(): string {
    return this.#hash.copy().digest('base64');
  }
}
