import type { CatalogRelation } from '../relation.ts';

export const pgSequence: CatalogRelation = {
  schema: 'pg_catalog',
  name: 'pg_sequence',
  columns: {
    seqrelid: 'rvbbit_catalog.pg._relation_oid(database_name, schema_name, sequence_name)',
    seqtypid: 'CASE max_value WHEN 2147483647 THEN 23 WHEN 32767 THEN 21 ELSE 20 END',
    seqstart: 'start_value',
    seqincrement: 'increment_by',
    seqmax: 'max_value',
    seqmin: 'min_value',
    seqcache: '1',
    seqcycle: 'cycle',
  },
  from: `duckdb_sequences() WHERE database_name IN (current_database(), 'temp')`,
};
