import type { CatalogFunction } from '../relation.ts';

/** Facts of the session, which keeps them in variables of its connection (see session-variables.ts). */
export const sessionFunctions: readonly CatalogFunction[] = [
  { name: 'current_user', sql: `() AS coalesce(getvariable('rvbbit_user'), 'rvbbit')`, returns: 'name' },
  { name: 'session_user', sql: `() AS coalesce(getvariable('rvbbit_user'), 'rvbbit')`, returns: 'name' },
  {
    name: 'current_schema',
    sql: `() AS CASE system.main.current_schema() WHEN 'main' THEN 'public' ELSE system.main.current_schema() END`,
    returns: 'name',
  },
  {
    name: 'current_schemas',
    sql: `(implicit) AS CASE WHEN implicit THEN ['pg_catalog'] ELSE []::VARCHAR[] END || [CASE system.main.current_schema() WHEN 'main' THEN 'public' ELSE system.main.current_schema() END]`,
    returns: '_name',
  },
  {
    name: 'version',
    sql: `() AS 'PostgreSQL 15.0 (rvbbit on DuckDB ' || system.main.version() || ')'`,
    returns: 'text',
  },
  {
    name: 'pg_backend_pid',
    sql: `() AS coalesce(getvariable('rvbbit_backend_pid'), 0)::INTEGER`,
    returns: 'int4',
  },
  {
    name: 'current_setting',
    sql: `(name) AS coalesce(getvariable('rvbbit_settings')[lower(name)], CASE WHEN contains(name, '.') THEN error('unrecognized configuration parameter "' || name || '"') ELSE error('unrecognized configuration parameter "' || name || '"') END), (name, missing_ok) AS coalesce(getvariable('rvbbit_settings')[lower(name)], CASE WHEN missing_ok THEN NULL ELSE error('unrecognized configuration parameter "' || name || '"') END)`,
    returns: 'text',
  },
  { name: 'inet_server_addr', sql: `() AS NULL::VARCHAR`, returns: 'inet' },
  { name: 'inet_client_addr', sql: `() AS getvariable('rvbbit_client_address')::VARCHAR`, returns: 'inet' },
  { name: 'inet_server_port', sql: `() AS NULL::INTEGER`, returns: 'int4' },
  { name: 'inet_client_port', sql: `() AS NULL::INTEGER`, returns: 'int4' },
  { name: 'pg_is_in_recovery', sql: `() AS false`, returns: 'bool' },
  { name: 'pg_is_wal_replay_paused', sql: `() AS false`, returns: 'bool' },
  {
    name: 'pg_postmaster_start_time',
    sql: `() AS getvariable('rvbbit_started')::TIMESTAMPTZ`,
    returns: 'timestamptz',
  },
  {
    name: 'pg_conf_load_time',
    sql: `() AS getvariable('rvbbit_started')::TIMESTAMPTZ`,
    returns: 'timestamptz',
  },
  { name: 'pg_my_temp_schema', sql: `() AS 0::BIGINT`, returns: 'oid' },
  { name: 'pg_is_other_temp_schema', sql: `(object) AS false`, returns: 'bool' },
  { name: 'pg_export_snapshot', sql: `() AS system.main.txid_current()::VARCHAR`, returns: 'text' },
  {
    name: 'pg_encoding_to_char',
    sql: `(encoding) AS CASE encoding WHEN 6 THEN 'UTF8' WHEN 0 THEN 'SQL_ASCII' WHEN 8 THEN 'LATIN1' ELSE '' END`,
    returns: 'name',
  },
  {
    name: 'pg_char_to_encoding',
    sql: `(name) AS CASE upper(replace(name, '-', '')) WHEN 'UTF8' THEN 6 WHEN 'SQL_ASCII' THEN 0 WHEN 'LATIN1' THEN 8 ELSE -1 END`,
    returns: 'int4',
  },
  { name: 'getdatabaseencoding', sql: `() AS 'UTF8'`, returns: 'name' },
  { name: 'pg_client_encoding', sql: `() AS 'UTF8'`, returns: 'name' },
  { name: 'txid_current', sql: `() AS system.main.txid_current()::BIGINT`, returns: 'int8' },
  { name: 'pg_current_xact_id', sql: `() AS system.main.txid_current()::BIGINT`, returns: 'xid8' },
];
