import type { CatalogRelation } from '../relation.ts';

export const pgTables: CatalogRelation = {
  schema: 'pg_catalog',
  name: 'pg_tables',
  columns: {
    schemaname: 'nspname',
    tablename: 'relname',
    tableowner: "coalesce(getvariable('rvbbit_user'), 'rvbbit')",
    hasindexes: 'relhasindex',
    hasrules: 'false',
    hastriggers: 'false',
    rowsecurity: 'false',
  },
  from: `temp.main._rvbbit_relation JOIN temp.main._rvbbit_namespace n ON n.oid = relnamespace WHERE relkind = 'r'`,
};
