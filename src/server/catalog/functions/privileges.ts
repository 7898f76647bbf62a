import type { CatalogFunction } from '../relation.ts';

/** Whoever has authenticated may do everything that the object allows. */
export const privileges: readonly CatalogFunction[] = [
  { name: 'has_table_privilege', sql: `(a, b) AS true, (a, b, c) AS true`, returns: 'bool' },
  { name: 'has_schema_privilege', sql: `(a, b) AS true, (a, b, c) AS true`, returns: 'bool' },
  { name: 'has_database_privilege', sql: `(a, b) AS true, (a, b, c) AS true`, returns: 'bool' },
  { name: 'has_function_privilege', sql: `(a, b) AS true, (a, b, c) AS true`, returns: 'bool' },
  { name: 'has_sequence_privilege', sql: `(a, b) AS true, (a, b, c) AS true`, returns: 'bool' },
  { name: 'has_type_privilege', sql: `(a, b) AS true, (a, b, c) AS true`, returns: 'bool' },
  { name: 'has_language_privilege', sql: `(a, b) AS true, (a, b, c) AS true`, returns: 'bool' },
  { name: 'has_tablespace_privilege', sql: `(a, b) AS true, (a, b, c) AS true`, returns: 'bool' },
  { name: 'has_any_column_privilege', sql: `(a, b) AS true, (a, b, c) AS true`, returns: 'bool' },
  { name: 'has_foreign_data_wrapper_privilege', sql: `(a, b) AS true, (a, b, c) AS true`, returns: 'bool' },
  { name: 'has_server_privilege', sql: `(a, b) AS true, (a, b, c) AS true`, returns: 'bool' },
  { name: 'pg_has_role', sql: `(a, b) AS true, (a, b, c) AS true`, returns: 'bool' },
  { name: 'has_column_privilege', sql: `(a, b, c) AS true, (a, b, c, d) AS true`, returns: 'bool' },
  { name: 'row_security_active', sql: `(relation) AS false`, returns: 'bool' },
];
