import { type DuckDBDataChunk, type DuckDBResult, ResultReturnType } from '@duckdb/node-api';
import type { ResultColumn, RowSource } from './engine-connection.ts';

/** Rows of a DuckDB result, streaming or materialized. */
export class ResultRows implements RowSource {
  readonly columns: readonly ResultColumn[];
  readonly returnsRows: boolean;
  readonly rowsChanged: number | null;
  #kept: DuckDBDataChunk[] | null = null;
  #finished = false;

  constructor(
    private readonly result: DuckDBResult,
    private readonly ends: {
      /** Turns what DuckDB threw into what the client is told. */
      readonly error: (error: unknown) => Error;
      readonly finished: (rows: ResultRows) => void;
    },
    /** What the columns are called where the result's own names come from a rewritten text. */
    names: readonly string[] = [],
  ) {
    this.columns = columnsOf(result, names);
    this.returnsRows = result.returnType === ResultReturnType.QUERY_RESULT;
    this.rowsChanged = result.returnType === ResultReturnType.CHANGED_ROWS ? result.rowsChanged : null;
  }

  async next(): Promise<DuckDBDataChunk | null> {
    if (this.#kept !== null) return this.#kept.shift() ?? null;
    if (this.#finished) return null;
    const chunk = await this.#fetch();
    if (chunk === null) this.#finish();
    return chunk;
  }

  /** Another statement wants the connection: DuckDB keeps one streaming result, so the rest is fetched now. */
  async detach(): Promise<void> {
    if (this.#finished || this.#kept !== null) return;
    const kept: DuckDBDataChunk[] = [];
    for (let chunk = await this.#fetch(); chunk !== null; chunk = await this.#fetch()) kept.push(chunk);
    this.#kept = kept;
    this.#finish();
  }

  async close(): Promise<void> {
    this.#kept = null;
    this.#finish();
  }

  async #fetch(): Promise<DuckDBDataChunk | null> {
    try {
      const chunk = await this.result.fetchChunk();
      return chunk === null || chunk.rowCount === 0 ? null : chunk;
    } catch (error) {
      this.#finish();
      throw this.ends.error(error);
    }
  }

  #finish(): void {
    if (this.#finished) return;
    this.#finished = true;
    this.ends.finished(this);
  }
}

function columnsOf(result: DuckDBResult, names: readonly string[]): readonly ResultColumn[] {
  return Object.freeze(
    Array.from({ length: result.columnCount }, (_, at) =>
      Object.freeze({ name: names[at] ?? result.columnName(at), type: result.columnType(at) }),
    ),
  );
}
