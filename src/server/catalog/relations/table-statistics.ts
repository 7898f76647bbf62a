/** What PostgreSQL counts of a table and DuckDB does not. */
export const STATISTICS: readonly string[] =
  'seq_scan seq_tup_read n_tup_ins n_tup_upd n_tup_del n_tup_hot_upd n_dead_tup n_mod_since_analyze n_ins_since_vacuum vacuum_count autovacuum_count analyze_count autoanalyze_count'.split(
    ' ',
  );
