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
  from: `rvbbit_catalog.pg._relation JOIN rvbbit_catalog.pg._namespace n ON n.oid = relnamespace WHERE relkind = 'r'`,
};
