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
  from: `temp.main._rvbbit_index x JOIN temp.main._rvbbit_relation t ON t.oid = x.indrelid JOIN temp.main._rvbbit_relation i ON i.oid = x.indexrelid JOIN temp.main._rvbbit_namespace n ON n.oid = t.relnamespace`,
};
