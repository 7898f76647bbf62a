import type { CatalogRelation } from '../relation.ts';

export const pgExtension: CatalogRelation = {
  schema: 'pg_catalog',
  name: 'pg_extension',
  columns: {
    oid: '13562',
    extname: "'plpgsql'",
    extowner: '10',
    extnamespace: '11',
    extrelocatable: 'false',
    extversion: "'1.0'",
  },
  from: `(SELECT 1)`,
};
