import type { CatalogRelation } from '../relation.ts';

/** Access methods: heap for tables, btree for indexes. */
export const pgAm: CatalogRelation = {
  schema: 'pg_catalog',
  name: 'pg_am',
  columns: {
    oid: 'oid',
    amname: 'amname',
    amhandler: 'amhandler',
    amtype: 'amtype',
  },
  from: `(VALUES (2, 'heap', 3, 't'), (403, 'btree', 330, 'i'), (405, 'hash', 331, 'i'), (783, 'gist', 332, 'i'), (2742, 'gin', 333, 'i'), (4000, 'spgist', 334, 'i'), (3580, 'brin', 335, 'i')) AS t (oid, amname, amhandler, amtype)`,
};
