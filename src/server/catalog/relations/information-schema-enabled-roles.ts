import type { CatalogRelation } from '../relation.ts';

export const informationEnabledRoles: CatalogRelation = {
  schema: 'information_schema',
  name: 'enabled_roles',
  columns: {
    role_name: "coalesce(getvariable('rvbbit_user'), 'rvbbit')",
  },
  from: `(SELECT 1)`,
};
