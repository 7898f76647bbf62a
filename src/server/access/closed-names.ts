/** Functions that read files of the server; GRANT pg_read_server_files opens them. */
export const FILE_READERS: ReadonlySet<string> = new Set([
  'glob',
  'parquet_bloom_probe',
  'parquet_file_metadata',
  'parquet_full_metadata',
  'parquet_kv_metadata',
  'parquet_metadata',
  'parquet_scan',
  'parquet_schema',
  'read_blob',
  'read_csv',
  'read_csv_auto',
  'read_json',
  'read_json_auto',
  'read_json_objects',
  'read_json_objects_auto',
  'read_ndjson',
  'read_ndjson_auto',
  'read_ndjson_objects',
  'read_parquet',
  'read_text',
  'sniff_csv',
]);

/** What `FROM 'file'` is made of: the functions that DuckDB puts in the place of a name that is a file's. */
export const REPLACEMENTS: readonly string[] = Object.freeze([
  'parquet_scan',
  'read_blob',
  'read_csv',
  'read_csv_auto',
  'read_duckdb',
  'read_json',
  'read_json_auto',
  'read_ndjson',
  'read_ndjson_auto',
  'read_parquet',
  'read_text',
]);

/** Table functions that reach nothing but the tables of the database. Every other one is closed, those of extensions too. */
export const OPEN_TABLE_FUNCTIONS: ReadonlySet<string> = new Set([
  'duckdb_columns',
  'duckdb_constraints',
  'duckdb_coordinate_systems',
  'duckdb_databases',
  'duckdb_dependencies',
  'duckdb_functions',
  'duckdb_indexes',
  'duckdb_keywords',
  'duckdb_schemas',
  'duckdb_sequences',
  'duckdb_tables',
  'duckdb_types',
  'duckdb_views',
  'generate_series',
  'histogram',
  'histogram_values',
  'icu_calendar_names',
  'json_each',
  'json_tree',
  'pg_timezone_names',
  'pragma_collations',
  'pragma_show',
  'pragma_table_info',
  'pragma_version',
  'range',
  'repeat',
  'repeat_row',
  'summary',
  'test_all_types',
  'test_vector_types',
  'unnest',
]);

/** Scalar functions that plan SQL of a string, write to DuckDB's log, or change what the server serves. */
export const CLOSED_SCALARS: readonly string[] = Object.freeze([
  'getenv',
  'json_deserialize_sql',
  'json_serialize_plan',
  'rvbbit_create_cascade',
  'rvbbit_drop_cascade',
  'rvbbit_reload',
  'rvbbit_training_ab',
  'write_log',
]);

/** Relations of DuckDB that show settings, logs and statements of everyone; `pg_settings` of the session's own catalogue is another. */
export const CLOSED_RELATIONS: ReadonlySet<string> = new Set([
  'duckdb_logs',
  'duckdb_prepared_statements',
  'duckdb_secrets',
  'duckdb_settings',
  'duckdb_variables',
  'pg_prepared_statements',
  'pg_settings',
]);
