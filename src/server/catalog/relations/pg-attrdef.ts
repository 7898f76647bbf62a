import type { CatalogRelation } from '../relation.ts';

/** Defaults of columns. */
export const pgAttrdef: CatalogRelation = {
  schema: 'pg_catalog',
  name: 'pg_attrdef',
  columns: {
    oid: 'oid',
    adrelid: 'adrelid',
    adnum: 'adnum',
    adbin: 'adbin',
  },
  from: `temp.main._rvbbit_attrdef`,
};
