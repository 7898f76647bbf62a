import type { OutputColumn } from './columns/output-columns.ts';
import type { SourceMap } from './source-map.ts';

/** A statement as DuckDB is to get it. */
export interface Translated {
  /** The given text itself where nothing had to change. */
  readonly sql: string;
  /** To be run before `sql`, in the same transaction. */
  readonly before: readonly string[];
  /** What PostgreSQL would say about the result's columns; null where the statement was not understood or gives none. */
  readonly columns: readonly OutputColumn[] | null;
  readonly map: SourceMap;
  /** Relations of the catalogue that are read, by PostgreSQL's names: the session brings its own facts up to date. */
  readonly catalogRelations: ReadonlySet<string>;
}

export interface Translator {
  translate(sql: string): Translated;
}
