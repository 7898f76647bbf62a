/** A SELECT of a cell or a ward, with the values that it reads as `$name`. */
export interface DatabaseQuery {
  readonly sql: string;
  /** By name; JSON's values. */
  readonly values: Readonly<Record<string, unknown>>;
  /** The rows behind these are not read. */
  readonly maxRows: number;
  readonly timeoutMs: number;
}

export type CellRow = Readonly<Record<string, unknown>>;

/** The database of a statement, as cells may read it: one SELECT, no files, no network, no change. */
export interface CellDatabase {
  /** Rows as JSON's objects. Throws SqlError, 42501 for what a cell may not do. */
  rows(query: DatabaseQuery, signal: AbortSignal): Promise<readonly CellRow[]>;
}
