import type { CatalogRelation } from '../relation.ts';

/** Tables, views, sequences, indexes and composite types. */
export const pgClass: CatalogRelation = {
  schema: 'pg_catalog',
  name: 'pg_class',
  columns: {
    oid: 'oid',
    relname: 'relname',
    relnamespace: 'relnamespace',
    reltype: 'reltype',
    relowner: '10',
    relam: "CASE WHEN relkind = 'r' THEN 2 WHEN relkind = 'i' THEN 403 ELSE 0 END",
    relfilenode: "CASE WHEN relkind IN ('r', 'i', 'S') THEN oid ELSE 0 END",
    reltuples: 'reltuples',
    relhasindex: 'relhasindex',
    relpersistence: 'relpersistence',
    relkind: 'relkind',
    relnatts: 'relnatts',
    relchecks: 'relchecks',
    relhasrules: "relkind = 'v'",
    relispopulated: 'true',
    relreplident: "CASE WHEN relkind = 'r' AND relnamespace <> 11 THEN 'd' ELSE 'n' END",
  },
  from: `temp.main._rvbbit_relation`,
};
