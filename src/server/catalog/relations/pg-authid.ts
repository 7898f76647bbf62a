import type { CatalogRelation } from '../relation.ts';
import { ROLES } from '../session-variables.ts';

/** As pg_roles: verifiers are shown to nobody. */
export const pgAuthid: CatalogRelation = {
  schema: 'pg_catalog',
  name: 'pg_authid',
  columns: {
    rolname: 'r.name',
    rolsuper: 'r.superuser',
    rolinherit: 'true',
    rolcreaterole: 'r.createrole',
    rolcreatedb: 'r.createdb',
    rolcanlogin: 'r.login',
    rolreplication: 'r.superuser',
    rolconnlimit: 'r.connection_limit',
    rolbypassrls: 'r.superuser',
    rolvaliduntil: 'r.valid_until',
    oid: 'r.oid',
  },
  from: ROLES,
};
