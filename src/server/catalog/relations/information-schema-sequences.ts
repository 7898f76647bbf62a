import type { CatalogRelation } from '../relation.ts';

export const informationSequences: CatalogRelation = {
  schema: 'information_schema',
  name: 'sequences',
  columns: {
    sequence_catalog: 'current_database()',
    sequence_schema: 'rvbbit_catalog.pg._schema(database_name, schema_name, sequence_name)',
    sequence_name: 'sequence_name',
    data_type: "'bigint'",
    numeric_precision: '64',
    numeric_precision_radix: '2',
    numeric_scale: '0',
    start_value: 'start_value::VARCHAR',
    minimum_value: 'min_value::VARCHAR',
    maximum_value: 'max_value::VARCHAR',
    increment: 'increment_by::VARCHAR',
    cycle_option: "CASE WHEN cycle THEN 'YES' ELSE 'NO' END",
  },
  from: `duckdb_sequences() WHERE database_name IN (current_database(), 'temp')`,
};
