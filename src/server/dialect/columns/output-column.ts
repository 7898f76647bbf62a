export interface OutputColumn {
  /** As PostgreSQL names it; null for a star. */
  readonly name: string | null;
  /** As in pg_type.typname; null where DuckDB's own type serves. */
  readonly type: string | null;
  /** Stands for any number of columns that only DuckDB knows. */
  readonly star: boolean;
}
