import type { CatalogRelation } from '../relation.ts';

/** Comments on relations (objsubid 0), their columns (objsubid = attnum), types and functions. */
export const pgDescription: CatalogRelation = {
  schema: 'pg_catalog',
  name: 'pg_description',
  columns: {
    objoid: 'objoid',
    classoid: 'classoid',
    objsubid: 'objsubid',
    description: 'description',
  },
  from: `temp.main._rvbbit_description`,
};
