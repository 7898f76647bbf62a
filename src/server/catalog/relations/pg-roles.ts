import type { CatalogRelation } from '../relation.ts';
import { ROLES } from '../session-variables.ts';

/** The accounts, and the user of the session where it needs none. */
export const pgRoles: CatalogRelation = {
  schema: 'pg_catalog',
  name: 'pg_roles',
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
    rolpassword: "'********'",
    rolvaliduntil: 'r.valid_until',
    rolconfig: 'r.settings',
    oid: 'r.oid',
  },
  from: ROLES,
};
