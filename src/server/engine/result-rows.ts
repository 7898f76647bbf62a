import {
  type DuckDBDataChunk,
  DuckDBMaterializedResult,
  type DuckDBResult,
  ResultReturnType,
} from '@duckdb/node-api';
import type { ResultColumn, RowSource } from './engine-connection.ts';

/** Rows of a DuckDB result, streaming or materialized. */
export class ResultRows implements RowSource {
  readonly columns: readonly ResultColumn[];
  readonly returnsRows: boolean;
  readonly rowsChanged: number | null;
  #kept: DuckDBDataChunk[] | null = null;
  /** The chunk after the one that was given: DuckDB makes it on another thread meanwhile. */
  #ahead: Promise<DuckDBDataChunk | null> | null = null;
  #finished = false;
  #taken = 0;

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

  async next(goesOn = false): Promise<DuckDBDataChunk | null> {
    if (this.#kept !== null) return this.#kept.shift() ?? null;
    if (this.#finished) return null;
    const chunk = await (this.#ahead ?? this.#fetch());
    this.#ahead = null;
    if (chunk === null) this.#finish();
    else if (goesOn && this.result.isStreaming) this.#fetchAhead();
    return chunk;
  }

  /** Another statement wants the connection: DuckDB keeps one streaming result, so the rest is fetched now. */
  async detach(): Promise<void> {
    if (this.#finished || this.#kept !== null) return;
    const kept: DuckDBDataChunk[] = [];
    const first = this.#ahead ?? this.#fetch();
    this.#ahead = null;
    for (let chunk = await first; chunk !== null; chunk = await this.#fetch()) kept.push(chunk);
    this.#kept = kept;
    this.#finish();
  }

  /** A chunk that is on its way still needs the connection: it is waited for. */
  async close(): Promise<void> {
    this.#kept = null;
    await this.#ahead?.catch(() => undefined);
    this.#ahead = null;
    this.#finish();
  }

  #fetchAhead(): void {
    this.#ahead = this.#fetch();
    // Who asks for the next chunk hears of a failure; nobody else has to.
    this.#ahead.catch(() => undefined);
  }

  async #fetch(): Promise<DuckDBDataChunk | null> {
    if (this.result instanceof DuckDBMaterializedResult) return this.#take(this.result);
    try {
      const chunk = await this.result.fetchChunk();
      return chunk === null || chunk.rowCount === 0 ? null : chunk;
    } catch (error) {
      this.#finish();
      throw this.ends.error(error);
    }
  }

  /** Of a result that is here already. */
  #take(result: DuckDBMaterializedResult): DuckDBDataChunk | null {
    if (this.#taken >= result.chunkCount) return null;
    this.#taken += 1;
    const chunk = result.getChunk(this.#taken - 1);
    return chunk.rowCount === 0 ? null : chunk;
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
