import type { CatalogRelation } from '../relation.ts';

/** Columns of relations. */
export const pgAttribute: CatalogRelation = {
  schema: 'pg_catalog',
  name: 'pg_attribute',
  columns: {
    attrelid: 'attrelid',
    attname: 'attname',
    atttypid: 'atttypid',
    attstattarget: 'CASE WHEN attnum < 0 THEN 0 ELSE -1 END',
    attlen: 'coalesce(typlen, -1)',
    attnum: 'attnum',
    attndims: "CASE WHEN typcategory = 'A' THEN 1 ELSE 0 END",
    attcacheoff: '-1',
    atttypmod: 'atttypmod',
    attbyval: 'coalesce(typbyval, false)',
    attalign: "coalesce(typalign, 'i')",
    attstorage: "coalesce(typstorage, 'p')",
    attnotnull: 'attnotnull',
    atthasdef: 'atthasdef',
    attgenerated: 'attgenerated',
    attidentity: 'attidentity',
    attislocal: 'true',
    attcollation: 'coalesce(typcollation, 0)',
  },
  from: `temp.main._rvbbit_attribute LEFT JOIN temp.main._rvbbit_type ty ON ty.oid = atttypid`,
};
