import type { CatalogRelation } from '../relation.ts';

/** Schemas; DuckDB calls the one that PostgreSQL calls public main. */
export const pgNamespace: CatalogRelation = {
  schema: 'pg_catalog',
  name: 'pg_namespace',
  columns: {
    oid: 'oid',
    nspname: 'nspname',
    nspowner: '10',
  },
  from: `temp.main._rvbbit_namespace`,
};
