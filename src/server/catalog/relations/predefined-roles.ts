/** The roles that every PostgreSQL 15 has; nobody logs in as one of them. */
const PREDEFINED: Readonly<Record<string, number>> = {
  pg_monitor: 3373,
  pg_read_all_settings: 3374,
  pg_read_all_stats: 3375,
  pg_stat_scan_tables: 3377,
  pg_signal_backend: 4200,
  pg_checkpoint: 4544,
  pg_read_server_files: 4569,
  pg_write_server_files: 4570,
  pg_execute_server_program: 4571,
  pg_database_owner: 6171,
  pg_read_all_data: 6181,
  pg_write_all_data: 6182,
};

/** The role of the session as `own`, and the predefined ones. Whoever has authenticated may do everything. */
export const ROLES = `(SELECT 10 AS role_oid, coalesce(getvariable('rvbbit_user'), 'rvbbit') AS role_name, true AS own
  UNION ALL VALUES ${Object.entries(PREDEFINED)
    .map(([name, oid]) => `(${oid}, '${name}', false)`)
    .join(', ')})`;

/** `pg_get_userbyid` of a predefined role. */
export const PREDEFINED_NAMES = `MAP { ${Object.entries(PREDEFINED)
  .map(([name, oid]) => `${oid}: '${name}'`)
  .join(', ')} }`;
