/** What pg_class and pg_attribute are made of, for the database's own objects and for the catalogue itself. */
export const relations: readonly string[] = [
  `CREATE TABLE rvbbit_catalog.pg._system_relation (oid BIGINT, nspname VARCHAR, relname VARCHAR, relkind VARCHAR)`,
  `CREATE TABLE rvbbit_catalog.pg._system_column
     (relid BIGINT, attnum SMALLINT, attname VARCHAR, typname VARCHAR, attnotnull BOOLEAN)`,
  `CREATE OR REPLACE TEMP TABLE _rvbbit_table AS
     SELECT rvbbit_catalog.pg._schema(database_name, schema_name, table_name) AS nspname, table_name AS relname, 'r' AS relkind,
            temporary, estimated_size, column_count, index_count, check_constraint_count, comment, sql,
            database_name, schema_name
     FROM duckdb_tables() WHERE database_name IN (current_database(), 'temp') AND NOT internal AND table_name NOT LIKE '\\_rvbbit%' ESCAPE '\\'
       AND schema_name NOT LIKE '\\_rvbbit%' ESCAPE '\\'
     UNION ALL
     SELECT rvbbit_catalog.pg._schema(database_name, schema_name, view_name), view_name, 'v', temporary, 0, column_count, 0, 0,
            comment, sql, database_name, schema_name
     FROM duckdb_views() WHERE database_name IN (current_database(), 'temp') AND NOT internal
       AND schema_name NOT LIKE '\\_rvbbit%' ESCAPE '\\'`,
  `CREATE OR REPLACE TEMP TABLE _rvbbit_relation AS
     SELECT rvbbit_catalog.pg._oid('relation', nspname || '.' || relname) AS oid, relname,
            rvbbit_catalog.pg._namespace_oid(nspname) AS relnamespace, relkind,
            rvbbit_catalog.pg._oid('row', nspname || '.' || relname) AS reltype,
            CASE WHEN temporary AND nspname <> 'public' THEN 't' ELSE 'p' END AS relpersistence,
            CASE relkind WHEN 'r' THEN estimated_size ELSE 0 END::FLOAT AS reltuples,
            index_count > 0 AS relhasindex, column_count::SMALLINT AS relnatts, check_constraint_count::SMALLINT AS relchecks,
            comment, sql, 0::BIGINT AS indrelid
     FROM temp.main._rvbbit_table
     UNION ALL
     SELECT rvbbit_catalog.pg._relation_oid(database_name, schema_name, sequence_name), sequence_name,
            rvbbit_catalog.pg._namespace_oid(rvbbit_catalog.pg._schema(database_name, schema_name, sequence_name)),
            'S', 0, CASE WHEN temporary THEN 't' ELSE 'p' END, 1, false, 3, 0, comment, sql, 0
     FROM duckdb_sequences() WHERE database_name IN (current_database(), 'temp')
     UNION ALL
     SELECT oid, index_name, rvbbit_catalog.pg._namespace_oid(nspname), 'i', 0, 'p', 0, false, len(indkey), 0, comment, NULL, indrelid
     FROM temp.main._rvbbit_index_entry
     UNION ALL
     SELECT rvbbit_catalog.pg._oid('relation', key), typname, rvbbit_catalog.pg._namespace_oid(nspname), 'c', oid, 'p', 0, false, 0, 0,
            comment, NULL, 0
     FROM temp.main._rvbbit_user_type WHERE typtype = 'c'
     UNION ALL
     SELECT oid, relname, rvbbit_catalog.pg._namespace_oid(nspname), relkind, 0, 'p', 0, false,
            (SELECT count(*) FROM rvbbit_catalog.pg._system_column c WHERE c.relid = s.oid), 0, NULL, NULL, 0
     FROM rvbbit_catalog.pg._system_relation s`,
  `CREATE OR REPLACE TEMP TABLE _rvbbit_table_column AS
     SELECT rvbbit_catalog.pg._relation_oid(c.database_name, c.schema_name, c.table_name) AS attrelid, column_name AS attname,
            coalesce(e.oid, rvbbit_catalog.pg._type_oid(data_type)) AS atttypid,
            column_index::SMALLINT AS attnum, rvbbit_catalog.pg._type_modifier(data_type) AS atttypmod,
            NOT is_nullable AS attnotnull, column_default, c.comment, c.database_name, c.schema_name, c.table_name
     FROM duckdb_columns() c
     LEFT JOIN temp.main._rvbbit_user_type e ON e.enum_text = data_type
     WHERE c.database_name IN (current_database(), 'temp') AND NOT internal AND c.table_name NOT LIKE '\\_rvbbit%' ESCAPE '\\'
       AND c.schema_name NOT LIKE '\\_rvbbit%' ESCAPE '\\'`,
  `CREATE OR REPLACE TEMP TABLE _rvbbit_attribute AS
     SELECT attrelid, attname, atttypid, attnum, atttypmod, attnotnull, column_default IS NOT NULL AS atthasdef,
            '' AS attgenerated, '' AS attidentity
     FROM temp.main._rvbbit_table_column
     UNION ALL
     SELECT i.oid, coalesce(a.attname, 'expr'), coalesce(a.atttypid, 25), i.position::SMALLINT, coalesce(a.atttypmod, -1), false, false, '', ''
     FROM (SELECT oid, indrelid, unnest(indkey) AS attnum, generate_subscripts(indkey, 1) AS position FROM temp.main._rvbbit_index_entry) i
     LEFT JOIN temp.main._rvbbit_table_column a ON a.attrelid = i.indrelid AND a.attnum = i.attnum
     UNION ALL
     SELECT relid, attname, t.oid, attnum, -1, attnotnull, false, '', ''
     FROM rvbbit_catalog.pg._system_column c JOIN rvbbit_catalog.pg._builtin_type t ON t.typname = c.typname
     UNION ALL
     SELECT rvbbit_catalog.pg._relation_oid(database_name, schema_name, sequence_name), unnest(['last_value', 'log_cnt', 'is_called']),
            unnest([20, 20, 16]), unnest([1, 2, 3]), -1, true, false, '', ''
     FROM duckdb_sequences() WHERE database_name IN (current_database(), 'temp')`,
  `CREATE OR REPLACE TEMP TABLE _rvbbit_attrdef AS
     SELECT rvbbit_catalog.pg._oid('default', attrelid || '.' || attnum) AS oid, attrelid AS adrelid, attnum AS adnum,
            regexp_replace(column_default, '^nextval\\((''[^'']*'')\\)$', 'nextval(\\1::regclass)') AS adbin
     FROM temp.main._rvbbit_table_column WHERE column_default IS NOT NULL`,
  `CREATE OR REPLACE TEMP TABLE _rvbbit_description AS
     SELECT oid AS objoid, 1259 AS classoid, 0 AS objsubid, comment AS description
     FROM temp.main._rvbbit_relation WHERE comment IS NOT NULL
     UNION ALL
     SELECT attrelid, 1259, attnum::INTEGER, comment FROM temp.main._rvbbit_table_column WHERE comment IS NOT NULL
     UNION ALL
     SELECT oid, 1247, 0, comment FROM temp.main._rvbbit_user_type WHERE comment IS NOT NULL
     UNION ALL
     SELECT oid, 1255, 0, description FROM temp.main._rvbbit_proc WHERE description IS NOT NULL
     UNION ALL
     VALUES (11, 2615, 0, 'system catalog schema'), (99, 2615, 0, 'reserved schema for TOAST tables'), (2200, 2615, 0, 'standard public schema'),
       (13562, 3079, 0, 'PL/pgSQL procedural language'), (13563, 2612, 0, 'PL/pgSQL procedural language')`,
];
