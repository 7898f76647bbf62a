import type { CatalogRelation } from '../relation.ts';
import { ROLES } from './predefined-roles.ts';

export const pgAuthid: CatalogRelation = {
  schema: 'pg_catalog',
  name: 'pg_authid',
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
    oid: 'role_oid',
  },
  from: ROLES,
};
