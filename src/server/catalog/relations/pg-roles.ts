import type { CatalogRelation } from '../relation.ts';
import { ROLES } from './predefined-roles.ts';

export const pgRoles: CatalogRelation = {
  schema: 'pg_catalog',
  name: 'pg_roles',
  columns: {
    rolname: 'role_name',
    rolsuper: 'own',
    rolinherit: 'true',
    rolcreaterole: 'own',
    rolcreatedb: 'own',
    rolcanlogin: 'own',
    rolreplication: 'own',
    rolconnlimit: '-1',
    rolbypassrls: 'own',
    rolpassword: "'********'",
    oid: 'role_oid',
  },
  from: ROLES,
};
