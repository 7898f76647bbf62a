import type { CatalogRelation } from '../relation.ts';

/** Indexes, among them those that stand for primary keys and unique constraints. */
export const pgIndex: CatalogRelation = {
  schema: 'pg_catalog',
  name: 'pg_index',
  columns: {
    indexrelid: 'indexrelid',
    indrelid: 'indrelid',
    indnatts: 'len(indkey)',
    indnkeyatts: 'len(indkey)',
    indisunique: 'indisunique',
    indisprimary: 'indisprimary',
    indimmediate: 'true',
    indisvalid: 'true',
    indisready: 'true',
    indislive: 'true',
    indkey: 'indkey',
    indcollation: 'list_transform(indkey, lambda k: 0)',
    indclass: 'list_transform(indkey, lambda k: 1978)',
    indoption: 'list_transform(indkey, lambda k: 0)',
    indexprs: 'indexprs',
  },
  from: `temp.main._rvbbit_index`,
};
