import type { CatalogRelation } from '../relation.ts';

/** Primary keys, unique, check and foreign key constraints; NOT NULL is a fact of the column, as in PostgreSQL 15. */
export const pgConstraint: CatalogRelation = {
  schema: 'pg_catalog',
  name: 'pg_constraint',
  columns: {
    oid: 'oid',
    conname: 'conname',
    connamespace: 'connamespace',
    contype: 'contype',
    convalidated: 'true',
    conrelid: 'conrelid',
    conindid: 'conindid',
    confrelid: 'confrelid',
    confupdtype: "CASE contype WHEN 'f' THEN 'a' ELSE ' ' END",
    confdeltype: "CASE contype WHEN 'f' THEN 'a' ELSE ' ' END",
    confmatchtype: "CASE contype WHEN 'f' THEN 's' ELSE ' ' END",
    conislocal: 'true',
    connoinherit: "contype <> 'c'",
    conkey: 'conkey',
    confkey: 'confkey',
    conbin: 'conbin',
  },
  from: `temp.main._rvbbit_constraint`,
};
