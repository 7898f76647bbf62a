/** The roles that every PostgreSQL 15 has, by name; nobody logs in as one of them. */
export const PREDEFINED: ReadonlyMap<string, number> = new Map([
  ['pg_monitor', 3373],
  ['pg_read_all_settings', 3374],
  ['pg_read_all_stats', 3375],
  ['pg_stat_scan_tables', 3377],
  ['pg_signal_backend', 4200],
  ['pg_checkpoint', 4544],
  ['pg_read_server_files', 4569],
  ['pg_write_server_files', 4570],
  ['pg_execute_server_program', 4571],
  ['pg_database_owner', 6171],
  ['pg_read_all_data', 6181],
  ['pg_write_all_data', 6182],
]);

/** What pg_monitor is a member of. */
export const OF_MONITOR: readonly string[] = Object.freeze([
  'pg_read_all_settings',
  'pg_read_all_stats',
  'pg_stat_scan_tables',
]);

/** `pg_get_userbyid` of a predefined role. */
export const PREDEFINED_NAMES = `MAP { ${[...PREDEFINED].map(([name, oid]) => `${oid}: '${name}'`).join(', ')} }`;
