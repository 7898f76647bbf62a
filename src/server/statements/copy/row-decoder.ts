/** A cell as it came: text, bytes of the binary format, or NULL. */
export type RawCell = string | Buffer | null;

export interface RawRow {
  /** 1-based; of the line on which the row ends. */
  readonly line: number;
  readonly cells: readonly RawCell[];
}

/** Turns the bytes of a COPY, split anywhere, into rows. Throws SqlError 22P04 on what is none. */
export interface RowDecoder {
  push(bytes: Buffer): readonly RawRow[];
  /** The rows that the end of the data completes. */
  finish(): readonly RawRow[];
}
