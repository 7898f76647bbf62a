import type { CatalogRelation } from '../relation.ts';

export const informationApplicableRoles: CatalogRelation = {
  schema: 'information_schema',
  name: 'applicable_roles',
  columns: {
    grantee: "coalesce(getvariable('rvbbit_user'), 'rvbbit')",
    role_name: "coalesce(getvariable('rvbbit_user'), 'rvbbit')",
    is_grantable: "'NO'",
  },
  from: `(SELECT 1) WHERE false`,
};
