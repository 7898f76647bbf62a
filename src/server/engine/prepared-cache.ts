import type { DuckDBPreparedStatement } from '@duckdb/node-api';
import type { WriteCount } from './write-count.ts';

const CAPACITY = 128;

/**
 * Statements of one connection as DuckDB has planned them, least recently used out first. Those in use are not here.
 * DuckDB folds the statistics of tables into a plan (a filter on a table that was empty stays empty) and does not
 * plan anew when rows change, so a plan is good until the next write to its database.
 */
export class PreparedCache {
  readonly #statements = new Map<string, DuckDBPreparedStatement>();
  readonly #plannedAt = new WeakMap<DuckDBPreparedStatement, number>();

  constructor(private readonly writes: WriteCount) {}

  /** To be told of each statement right before it is planned: gives what `planned` wants to know. */
  get now(): number {
    return this.writes.value;
  }

  planned(statement: DuckDBPreparedStatement, at: number): void {
    this.#plannedAt.set(statement, at);
  }

  /** Hands the statement over: the caller returns it with `put` or destroys it. */
  take(sql: string): DuckDBPreparedStatement | undefined {
    const statement = this.#statements.get(sql);
    this.#statements.delete(sql);
    if (statement === undefined || this.#isFresh(statement)) return statement;
    statement.destroySync();
    return undefined;
  }

  put(sql: string, statement: DuckDBPreparedStatement): void {
    this.#statements.get(sql)?.destroySync();
    this.#statements.set(sql, statement);
    const [oldest] = this.#statements.keys();
    if (this.#statements.size > CAPACITY && oldest !== undefined) {
      this.#statements.get(oldest)?.destroySync();
      this.#statements.delete(oldest);
    }
  }

  clear(): void {
    for (const statement of this.#statements.values()) statement.destroySync();
    this.#statements.clear();
  }

  #isFresh(statement: DuckDBPreparedStatement): boolean {
    return this.#plannedAt.get(statement) === this.writes.value;
  }
}
