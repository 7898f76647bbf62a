import type { CatalogRelation } from '../relation.ts';

export const pgViews: CatalogRelation = {
  schema: 'pg_catalog',
  name: 'pg_views',
  columns: {
    schemaname: 'nspname',
    viewname: 'relname',
    viewowner: "coalesce(getvariable('rvbbit_user'), 'rvbbit')",
    definition: 'rvbbit_catalog.pg._view_query(sql)',
  },
  from: `temp.main._rvbbit_relation JOIN temp.main._rvbbit_namespace n ON n.oid = relnamespace WHERE relkind = 'v'`,
};
