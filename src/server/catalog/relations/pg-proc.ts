import type { CatalogRelation } from '../relation.ts';

/** Functions: the semantic ones and macros of the database, and the input and output functions that pg_type names. */
export const pgProc: CatalogRelation = {
  schema: 'pg_catalog',
  name: 'pg_proc',
  columns: {
    oid: 'oid',
    proname: 'proname',
    pronamespace: 'pronamespace',
    proowner: '10',
    prolang: 'prolang',
    procost: '1',
    prokind: 'prokind',
    provolatile: 'provolatile',
    proparallel: "'s'",
    pronargs: 'pronargs',
    pronargdefaults: 'pronargdefaults',
    prorettype: 'prorettype',
    proretset: 'proretset',
    proargtypes: 'proargtypes',
    proallargtypes: 'NULL',
    proargnames: 'proargnames',
    prosrc: 'prosrc',
  },
  from: `temp.main._rvbbit_proc`,
};
