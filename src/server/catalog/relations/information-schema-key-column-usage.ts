import type { CatalogRelation } from '../relation.ts';

export const informationKeyColumnUsage: CatalogRelation = {
  schema: 'information_schema',
  name: 'key_column_usage',
  columns: {
    constraint_catalog: 'current_database()',
    constraint_schema: 'q.nspname',
    constraint_name: 'q.conname',
    table_catalog: 'current_database()',
    table_schema: 'q.nspname',
    table_name: 'q.relname',
    column_name: 'a.attname',
    ordinal_position: 'q.position',
    position_in_unique_constraint: "CASE q.contype WHEN 'f' THEN q.position END",
  },
  from: `(SELECT n.nspname, k.conname, c.relname, k.contype, k.conrelid, unnest(k.conkey) AS attnum, generate_subscripts(k.conkey, 1) AS position FROM temp.main._rvbbit_constraint k JOIN temp.main._rvbbit_relation c ON c.oid = k.conrelid JOIN temp.main._rvbbit_namespace n ON n.oid = c.relnamespace WHERE k.contype IN ('p', 'u', 'f')) q JOIN temp.main._rvbbit_attribute a ON a.attrelid = q.conrelid AND a.attnum = q.attnum`,
};
