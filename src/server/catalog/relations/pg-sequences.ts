import type { CatalogRelation } from '../relation.ts';

export const pgSequences: CatalogRelation = {
  schema: 'pg_catalog',
  name: 'pg_sequences',
  columns: {
    schemaname: 'rvbbit_catalog.pg._schema(database_name, schema_name, sequence_name)',
    sequencename: 'sequence_name',
    sequenceowner: "coalesce(getvariable('rvbbit_user'), 'rvbbit')",
    data_type: 'CASE max_value WHEN 2147483647 THEN 23 WHEN 32767 THEN 21 ELSE 20 END',
    start_value: 'start_value',
    min_value: 'min_value',
    max_value: 'max_value',
    increment_by: 'increment_by',
    cycle: 'cycle',
    cache_size: '1',
    last_value: 'last_value',
  },
  from: `duckdb_sequences() WHERE database_name IN (current_database(), 'temp')`,
};
