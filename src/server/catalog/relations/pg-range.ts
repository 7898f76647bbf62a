import type { CatalogRelation } from '../relation.ts';

export const pgRange: CatalogRelation = {
  schema: 'pg_catalog',
  name: 'pg_range',
  columns: {
    rngtypid: 'rngtypid',
    rngsubtype: 'rngsubtype',
    rngmultitypid: 'rngmultitypid',
    rngsubopc: 'rngsubopc',
  },
  from: `(VALUES (3904, 23, 4451, 1978), (3906, 1700, 4532, 3125), (3908, 1114, 4533, 3128), (3910, 1184, 4534, 3127), (3912, 1082, 4535, 3122), (3926, 20, 4536, 3124)) AS t (rngtypid, rngsubtype, rngmultitypid, rngsubopc)`,
};
