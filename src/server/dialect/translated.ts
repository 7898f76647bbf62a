import type { OutputColumn } from './columns/output-column.ts';
import type { RowBound } from './row-bound.ts';
import type { SourceMap } from './source-map.ts';

/** A statement as DuckDB is to get it. */
export interface Translated {
  /** The given text itself where nothing had to change. */
  readonly sql: string;
  /** To be run before `sql`, in the same transaction. */
  readonly before: readonly string[];
  /** What PostgreSQL would say about the result's columns; null where the statement was not understood or gives none. */
  readonly columns: readonly OutputColumn[] | null;
  /** The types of parameters, as oids, where a cast names them; null for others. */
  readonly parameters: readonly (number | null)[];
  readonly map: SourceMap;
  /** null where any number of rows may come. */
  readonly bound: RowBound | null;
  /** Relations and functions of the catalogue that are used, by PostgreSQL's names; those that show the session's own facts need them fresh. */
  readonly catalogObjects: ReadonlySet<string>;
  /** The snapshot of the catalogue must be brought up to date first. */
  readonly readsSnapshot: boolean;
}

export interface Translator {
  translate(sql: string): Translated;
}
