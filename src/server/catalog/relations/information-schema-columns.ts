import type { CatalogRelation } from '../relation.ts';

export const informationColumns: CatalogRelation = {
  schema: 'information_schema',
  name: 'columns',
  columns: {
    table_catalog: 'current_database()',
    table_schema: 'n.nspname',
    table_name: 'c.relname',
    column_name: 'a.attname',
    ordinal_position: 'a.attnum',
    column_default: 'd.adbin',
    is_nullable: "CASE WHEN a.attnotnull THEN 'NO' ELSE 'YES' END",
    data_type:
      "CASE WHEN t.typcategory = 'A' THEN 'ARRAY' WHEN t.typnamespace <> 11 THEN 'USER-DEFINED' ELSE rvbbit_catalog.pg._type_title(a.atttypid) END",
    character_maximum_length:
      'CASE WHEN a.atttypid IN (1042, 1043) AND a.atttypmod > 4 THEN a.atttypmod - 4 END',
    character_octet_length:
      'CASE WHEN a.atttypid IN (25, 1042, 1043) THEN CASE WHEN a.atttypmod > 4 THEN 4 * (a.atttypmod - 4) ELSE 1073741824 END END',
    numeric_precision:
      'CASE a.atttypid WHEN 21 THEN 16 WHEN 23 THEN 32 WHEN 20 THEN 64 WHEN 700 THEN 24 WHEN 701 THEN 53 WHEN 1700 THEN CASE WHEN a.atttypmod > 4 THEN ((a.atttypmod - 4) >> 16) & 65535 END END',
    numeric_precision_radix:
      'CASE WHEN a.atttypid IN (20, 21, 23, 700, 701) THEN 2 WHEN a.atttypid = 1700 THEN 10 END',
    numeric_scale:
      'CASE WHEN a.atttypid IN (20, 21, 23) THEN 0 WHEN a.atttypid = 1700 AND a.atttypmod > 4 THEN (a.atttypmod - 4) & 65535 END',
    datetime_precision:
      'CASE WHEN a.atttypid = 1082 THEN 0 WHEN a.atttypid IN (1083, 1114, 1184, 1186, 1266) THEN 6 END',
    udt_catalog: 'current_database()',
    udt_schema: "coalesce(tn.nspname, 'pg_catalog')",
    udt_name: 't.typname',
    dtd_identifier: 'a.attnum',
    is_self_referencing: "'NO'",
    is_identity: "CASE WHEN a.attidentity = '' THEN 'NO' ELSE 'YES' END",
    identity_generation: "CASE a.attidentity WHEN 'a' THEN 'ALWAYS' WHEN 'd' THEN 'BY DEFAULT' END",
    identity_cycle: "'NO'",
    is_generated: "CASE WHEN a.attgenerated = '' THEN 'NEVER' ELSE 'ALWAYS' END",
    is_updatable: "CASE WHEN c.relkind = 'r' THEN 'YES' ELSE 'NO' END",
  },
  from: `temp.main._rvbbit_attribute a JOIN temp.main._rvbbit_relation c ON c.oid = a.attrelid AND c.relkind IN ('r', 'v') JOIN temp.main._rvbbit_namespace n ON n.oid = c.relnamespace LEFT JOIN temp.main._rvbbit_type t ON t.oid = a.atttypid LEFT JOIN temp.main._rvbbit_namespace tn ON tn.oid = t.typnamespace LEFT JOIN temp.main._rvbbit_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum WHERE a.attnum > 0`,
};
