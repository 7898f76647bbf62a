import type { CatalogRelation } from '../relation.ts';

/** Labels of enums. */
export const pgEnum: CatalogRelation = {
  schema: 'pg_catalog',
  name: 'pg_enum',
  columns: {
    oid: 'oid',
    enumtypid: 'enumtypid',
    enumsortorder: 'enumsortorder',
    enumlabel: 'enumlabel',
  },
  from: `temp.main._rvbbit_enum`,
};
