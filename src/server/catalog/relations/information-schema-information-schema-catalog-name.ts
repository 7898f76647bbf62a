import type { CatalogRelation } from '../relation.ts';

export const informationInformationSchemaCatalogName: CatalogRelation = {
  schema: 'information_schema',
  name: 'information_schema_catalog_name',
  columns: {
    catalog_name: 'current_database()',
  },
  from: `(SELECT 1)`,
};
