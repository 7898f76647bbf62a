import type { DuckDBPreparedStatement } from '@duckdb/node-api';

const CAPACITY = 128;

/** The plans of one connection's plain statements, least recently used out first. Statements in use are not here. */
export class PreparedCache {
  readonly #statements = new Map<string, DuckDBPreparedStatement>();

  /** Hands the statement over: the caller returns it with `put` or destroys it. */
  take(sql: string): DuckDBPreparedStatement | undefined {
    const statement = this.#statements.get(sql);
    this.#statements.delete(sql);
    return statement;
  }

  put(sql: string, statement: DuckDBPreparedStatement): void {
    this.#statements.get(sql)?.destroySync();
    this.#statements.set(sql, statement);
    const [oldest] = this.#statements.keys();
    if (this.#statements.size > CAPACITY && oldest !== undefined) this.take(oldest)?.destroySync();
  }

  clear(): void {
    for (const statement of this.#statements.values()) statement.destroySync();
    this.#statements.clear();
  }
}
