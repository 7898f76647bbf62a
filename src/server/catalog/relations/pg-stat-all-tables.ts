import type { CatalogRelation } from '../relation.ts';
import { STATISTICS } from './table-statistics.ts';

/** Tables with their estimated rows; DuckDB counts no accesses. */
export const pgStatAllTables: CatalogRelation = {
  schema: 'pg_catalog',
  name: 'pg_stat_all_tables',
  columns: {
    relid: 'r.oid',
    schemaname: 'n.nspname',
    relname: 'r.relname',
    ...Object.fromEntries(STATISTICS.map((column) => [column, '0'])),
    n_live_tup: 'r.reltuples::BIGINT',
  },
  from: `temp.main._rvbbit_relation r JOIN temp.main._rvbbit_namespace n ON n.oid = r.relnamespace WHERE r.relkind = 'r'`,
};
