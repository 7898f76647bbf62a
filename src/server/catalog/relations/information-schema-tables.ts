import type { CatalogRelation } from '../relation.ts';

export const informationTables: CatalogRelation = {
  schema: 'information_schema',
  name: 'tables',
  columns: {
    table_catalog: 'current_database()',
    table_schema: 'nspname',
    table_name: 'relname',
    table_type:
      "CASE WHEN relkind = 'v' THEN 'VIEW' WHEN relpersistence = 't' THEN 'LOCAL TEMPORARY' ELSE 'BASE TABLE' END",
    is_insertable_into:
      "CASE WHEN relkind = 'r' AND relnamespace NOT IN (11, 13207) THEN 'YES' ELSE 'NO' END",
    is_typed: "'NO'",
  },
  from: `temp.main._rvbbit_relation JOIN temp.main._rvbbit_namespace n ON n.oid = relnamespace WHERE relkind IN ('r', 'v')`,
};
