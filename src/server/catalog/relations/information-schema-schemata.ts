import type { CatalogRelation } from '../relation.ts';

export const informationSchemata: CatalogRelation = {
  schema: 'information_schema',
  name: 'schemata',
  columns: {
    catalog_name: 'current_database()',
    schema_name: 'nspname',
    schema_owner: "coalesce(getvariable('rvbbit_user'), 'rvbbit')",
  },
  from: `temp.main._rvbbit_namespace`,
};
