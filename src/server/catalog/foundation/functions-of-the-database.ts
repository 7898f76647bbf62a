/** What pg_proc is made of. */
export const functionsOfTheDatabase: readonly string[] = [
  `CREATE TABLE rvbbit_catalog.pg._described_function
     (name VARCHAR, argument_names VARCHAR[], argument_types BIGINT[], result_type BIGINT, returns_set BOOLEAN, description VARCHAR)`,
  `CREATE TABLE rvbbit_catalog.pg._type_function (oid BIGINT, name VARCHAR, argument_count SMALLINT, result_type BIGINT, argument_types BIGINT[])`,
  `CREATE OR REPLACE TEMP TABLE _rvbbit_proc AS
     SELECT rvbbit_catalog.pg._oid('function', name || '(' || array_to_string(argument_types, ',') || ')') AS oid, name AS proname,
            2200 AS pronamespace, 14 AS prolang, 'f' AS prokind, 'v' AS provolatile, len(argument_names)::SMALLINT AS pronargs,
            0::SMALLINT AS pronargdefaults, result_type AS prorettype, returns_set AS proretset, argument_types AS proargtypes,
            argument_names AS proargnames, name AS prosrc, description
     FROM rvbbit_catalog.pg._described_function
     UNION ALL
     SELECT rvbbit_catalog.pg._oid('macro', nspname || '.' || function_name || '/' || len(parameters)), function_name,
            rvbbit_catalog.pg._namespace_oid(nspname), 14, 'f', 'i', len(parameters), 0,
            CASE function_type WHEN 'table_macro' THEN 2249 ELSE 25 END, function_type = 'table_macro',
            list_transform(parameters, lambda p: 25), parameters, macro_definition, comment
     FROM (SELECT *, rvbbit_catalog.pg._schema(database_name, schema_name, function_name) AS nspname
           FROM duckdb_functions() WHERE database_name = current_database() AND NOT internal AND function_type IN ('macro', 'table_macro'))
     UNION ALL
     SELECT oid, name, 11, 12, 'f', 'i', argument_count, 0, result_type, false, argument_types, NULL, name, NULL
     FROM rvbbit_catalog.pg._type_function`,
];
