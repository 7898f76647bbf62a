/** A SELECT of a cell or a ward, with the values that it reads as `$name`. */
export interface DatabaseQuery {
  readonly sql: string;
  /** By name; JSON's values. */
  readonly values: Readonly<Record<string, unknown>>;
  /** The rows behind these are not read. */
  readonly maxRows: number;
  readonly timeoutMs: number;
}

/** Two vectors by their index, and their cosine. */
export interface NearPair {
  readonly a: number;
  readonly b: number;
  readonly score: number;
}

export type CellRow = Readonly<Record<string, unknown>>;

/** The database of a statement, as cells may read it: one SELECT, no files, no network, no change. */
export interface CellDatabase {
  /**
   * Pairs of vectors of length 1 whose cosine is at least `least`, of each vector those with its nearest few; `a` is
   * the lower index.
   */
  nearPairs(
    vectors: readonly Float32Array[],
    least: number,
    signal: AbortSignal,
  ): Promise<readonly NearPair[]>;
  /** Rows as JSON's objects. Throws SqlError, 42501 for what a cell may not do. */
  rows(query: DatabaseQuery, signal: AbortSignal): Promise<readonly CellRow[]>;
}
