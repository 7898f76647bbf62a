import type { CatalogRelation } from '../relation.ts';

export const pgIndexes: CatalogRelation = {
  schema: 'pg_catalog',
  name: 'pg_indexes',
  columns: {
    schemaname: 'n.nspname',
    tablename: 't.relname',
    indexname: 'i.relname',
    indexdef: 'rvbbit_catalog.pg._index_definition(x, n.nspname, t.relname, i.relname)',
  },
  from: `rvbbit_catalog.pg._index x JOIN rvbbit_catalog.pg._relation t ON t.oid = x.indrelid JOIN rvbbit_catalog.pg._relation i ON i.oid = x.indexrelid JOIN rvbbit_catalog.pg._namespace n ON n.oid = t.relnamespace`,
};
