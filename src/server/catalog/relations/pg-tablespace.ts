import type { CatalogRelation } from '../relation.ts';

export const pgTablespace: CatalogRelation = {
  schema: 'pg_catalog',
  name: 'pg_tablespace',
  columns: {
    oid: 'oid',
    spcname: 'spcname',
    spcowner: '10',
  },
  from: `(VALUES (1663, 'pg_default'), (1664, 'pg_global')) AS t (oid, spcname)`,
};
