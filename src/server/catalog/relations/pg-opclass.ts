import type { CatalogRelation } from '../relation.ts';

/** The default btree operator classes that indexes here use. */
export const pgOpclass: CatalogRelation = {
  schema: 'pg_catalog',
  name: 'pg_opclass',
  columns: {
    oid: 'oid',
    opcmethod: '403',
    opcname: 'opcname',
    opcnamespace: '11',
    opcowner: '10',
    opcfamily: 'opcfamily',
    opcintype: 'opcintype',
    opcdefault: 'true',
  },
  from: `(VALUES (1978, 'int4_ops', 1976, 23), (3124, 'int8_ops', 1976, 20), (3126, 'text_ops', 1994, 25)) AS t (oid, opcname, opcfamily, opcintype)`,
};
