/** DuckDB's type texts as PostgreSQL's types, and all types in the shape of pg_type. */
export const types: readonly string[] = [
  `CREATE MACRO rvbbit_catalog.pg._type_oid(y_text) AS
     coalesce(
       map_extract_value(MAP {
         'BOOLEAN': [16, 1000], 'TINYINT': [21, 1005], 'SMALLINT': [21, 1005], 'UTINYINT': [21, 1005], 'INTEGER': [23, 1007],
         'USMALLINT': [23, 1007], 'BIGINT': [20, 1016], 'UINTEGER': [20, 1016], 'HUGEINT': [1700, 1231], 'UHUGEINT': [1700, 1231],
         'UBIGINT': [1700, 1231], 'DECIMAL': [1700, 1231], 'FLOAT': [700, 1021], 'DOUBLE': [701, 1022], 'VARCHAR': [25, 1009],
         'BLOB': [17, 1001], 'DATE': [1082, 1182], 'TIME': [1083, 1183], 'TIME WITH TIME ZONE': [1266, 1270],
         'TIMESTAMP': [1114, 1115], 'TIMESTAMP_S': [1114, 1115], 'TIMESTAMP_MS': [1114, 1115], 'TIMESTAMP_NS': [1114, 1115],
         'TIMESTAMP WITH TIME ZONE': [1184, 1185], 'INTERVAL': [1186, 1187], 'UUID': [2950, 2951], 'JSON': [114, 199],
         'BIT': [1560, 1561], 'STRUCT': [2249, 2287], 'MAP': [114, 199], 'UNION': [25, 1009], 'ENUM': [25, 1009] },
         regexp_replace(y_text, '[(\\[].*$', ''))[CASE WHEN ends_with(y_text, ']') THEN 2 ELSE 1 END],
       CASE WHEN ends_with(y_text, ']') THEN 1009 ELSE 25 END)::BIGINT`,
  `CREATE MACRO rvbbit_catalog.pg._type_modifier(m_text) AS
     CASE WHEN m_text LIKE 'DECIMAL(%' AND m_text <> 'DECIMAL(38,9)' THEN
       (regexp_extract(m_text, '(\\d+),', 1)::INTEGER * 65536 + regexp_extract(m_text, ',(\\d+)', 1)::INTEGER + 4)::INTEGER
     ELSE -1 END`,
  `CREATE OR REPLACE TEMP TABLE _rvbbit_user_type AS
     SELECT rvbbit_catalog.pg._oid('type', key) AS oid, rvbbit_catalog.pg._oid('array', key) AS array_oid, *
     FROM (SELECT rvbbit_catalog.pg._schema(database_name, schema_name, type_name) AS nspname, type_name AS typname,
                  concat(rvbbit_catalog.pg._schema(database_name, schema_name, type_name), '.', type_name) AS key, logical_type, labels, comment,
                  CASE WHEN labels IS NOT NULL THEN 'e' WHEN logical_type = 'STRUCT' THEN 'c' ELSE 'd' END AS typtype,
                  'ENUM(' || array_to_string(list_transform(labels, lambda l: '''' || replace(l, '''', '''''') || ''''), ', ') || ')' AS enum_text
           FROM duckdb_types() WHERE NOT internal AND database_name IN (current_database(), 'temp'))`,
  `CREATE OR REPLACE TEMP TABLE _rvbbit_enum AS
     SELECT rvbbit_catalog.pg._oid('label', key || '.' || label) AS oid, oid AS enumtypid,
            position::FLOAT AS enumsortorder, label AS enumlabel
     FROM (SELECT u.oid, u.key, unnest(u.labels) AS label, generate_subscripts(u.labels, 1) AS position
           FROM temp.main._rvbbit_user_type u WHERE typtype = 'e')`,
  `CREATE OR REPLACE TEMP TABLE _rvbbit_own_type AS
     SELECT oid, typname, rvbbit_catalog.pg._namespace_oid(nspname) AS typnamespace, typtype,
            CASE typtype WHEN 'e' THEN 'E' WHEN 'c' THEN 'C' ELSE 'S' END AS typcategory,
            CASE typtype WHEN 'e' THEN 4 ELSE -1 END AS typlen, typtype = 'e' AS typbyval, CASE typtype WHEN 'c' THEN rvbbit_catalog.pg._oid('relation', key) ELSE 0 END AS typrelid, 0 AS typelem,
            array_oid AS typarray, CASE typtype WHEN 'd' THEN rvbbit_catalog.pg._type_oid(logical_type) ELSE 0 END AS typbasetype,
            CASE typtype WHEN 'e' THEN 3504 WHEN 'c' THEN 2290 ELSE 2597 END AS typinput,
            CASE typtype WHEN 'e' THEN 3506 WHEN 'c' THEN 2291 ELSE 47 END AS typoutput,
            CASE typtype WHEN 'e' THEN 3532 WHEN 'c' THEN 2402 ELSE 2598 END AS typreceive,
            CASE typtype WHEN 'e' THEN 3533 WHEN 'c' THEN 2403 ELSE 2415 END AS typsend,
            CASE typtype WHEN 'e' THEN 'i' ELSE 'd' END AS typalign, CASE typtype WHEN 'e' THEN 'p' ELSE 'x' END AS typstorage
     FROM temp.main._rvbbit_user_type
     UNION ALL
     SELECT reltype, relname, relnamespace, 'c', 'C', -1, false, r.oid, 0, rvbbit_catalog.pg._oid('rowarray', reltype), 0,
            2290, 2291, 2402, 2403, 'd', 'x'
     FROM temp.main._rvbbit_relation r WHERE relkind IN ('r', 'v') AND reltype > 0`,
  `CREATE OR REPLACE TEMP TABLE _rvbbit_type AS
     SELECT oid, typname, 11 AS typnamespace, 10 AS typowner, typlen, typbyval, typtype, typcategory, typispreferred,
            true AS typisdefined, typdelim, typrelid, typsubscript, typelem, typarray, typinput, typoutput, typreceive, typsend,
            typmodin, typmodout, typanalyze, typalign, typstorage, false AS typnotnull, 0 AS typbasetype, -1 AS typtypmod,
            0 AS typndims, typcollation
     FROM rvbbit_catalog.pg._builtin_type
     UNION ALL
     SELECT oid, typname, typnamespace, 10, typlen, typbyval, typtype, typcategory, false, true, ',', typrelid, 0, 0, typarray,
            typinput, typoutput, typreceive, typsend, 0, 0, 0, typalign, typstorage, false, typbasetype, -1, 0, 0
     FROM temp.main._rvbbit_own_type
     UNION ALL
     SELECT typarray, '_' || typname, typnamespace, 10, -1, false, 'b', 'A', false, true, ',', 0, 6179, oid, 0,
            750, 751, 2400, 2401, 0, 0, 3816, typalign, 'x', false, 0, -1, 0, 0
     FROM temp.main._rvbbit_own_type`,
];
