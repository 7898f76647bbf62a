import type { CatalogRelation } from '../relation.ts';

export const pgCollation: CatalogRelation = {
  schema: 'pg_catalog',
  name: 'pg_collation',
  columns: {
    oid: 'oid',
    collname: 'collname',
    collnamespace: '11',
    collowner: '10',
    collprovider: 'collprovider',
    collisdeterministic: 'true',
    collencoding: '-1',
    collcollate: 'collcollate',
    collctype: 'collcollate',
  },
  from: `(VALUES (100, 'default', 'd', NULL), (950, 'C', 'c', 'C'), (951, 'POSIX', 'c', 'POSIX')) AS t (oid, collname, collprovider, collcollate)`,
};
