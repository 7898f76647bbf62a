import type { RowBound } from '../dialect/row-bound.ts';
import type { WriteCount } from './write-count.ts';

type Query = (sql: string) => Promise<readonly (readonly unknown[])[]>;

const KEYS = `SELECT table_name, constraint_column_names FROM duckdb_constraints()
  WHERE constraint_type IN ('PRIMARY KEY', 'UNIQUE')`;

/**
 * The unique keys of one database, read again when its schema has changed. They only decide whether a result is
 * fetched whole, so tables of the same name in several schemas are taken together.
 */
export class UniqueKeys {
  #readAt = -1;
  #keys: ReadonlyMap<string, readonly (readonly string[])[]> = new Map();

  constructor(
    private readonly query: Query,
    private readonly writes: WriteCount,
  ) {}

  /** Whether a query gives few rows. */
  async holds({ table, columns }: RowBound): Promise<boolean> {
    if (table === null) return true;
    if (this.#readAt !== this.writes.schema) await this.#read();
    return (this.#keys.get(table) ?? []).some((key) => key.every((name) => columns.includes(name)));
  }

  async #read(): Promise<void> {
    const at = this.writes.schema;
    const keys = new Map<string, (readonly string[])[]>();
    for (const [table, columns] of await this.query(KEYS)) {
      const names = (columns as { readonly items: readonly unknown[] }).items.map(String);
      keys.set(String(table), [...(keys.get(String(table)) ?? []), names]);
    }
    this.#keys = keys;
    this.#readAt = at;
  }
}
