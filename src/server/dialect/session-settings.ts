/** What a connection is told at its start so that DuckDB counts and sorts as PostgreSQL does. */
export const POSTGRES_SETTINGS: readonly string[] = [
  'SET integer_division = true',
  "SET default_null_order = 'nulls_last_on_asc_first_on_desc'",
  'SET ieee_floating_point_ops = true',
];

/** DuckDB's own meaning again (`SET rvbbit.dialect = 'duckdb'`; statements then go untranslated). */
export const DUCKDB_SETTINGS: readonly string[] = [
  'RESET integer_division',
  'RESET default_null_order',
  'RESET ieee_floating_point_ops',
];
