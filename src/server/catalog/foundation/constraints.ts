/** Constraints under the names that PostgreSQL gives them, and indexes. */
export const constraints: readonly string[] = [
  `CREATE OR REPLACE TEMP TABLE _rvbbit_constraint_entry AS
     SELECT *, CASE contype
              WHEN 'p' THEN table_name || '_pkey'
              WHEN 'u' THEN table_name || '_' || column_list || '_key'
              WHEN 'f' THEN table_name || '_' || column_list || '_fkey'
              ELSE table_name || CASE len(column_names) WHEN 1 THEN '_' || column_list ELSE '' END || '_check' END AS base_name
     FROM (SELECT nspname, relid, table_name, constraint_index, contype, column_names, array_to_string(column_names, '_') AS column_list,
                  list_transform(constraint_column_indexes, lambda i: (i + 1)::SMALLINT) AS conkey, expression, referenced_table,
                  referenced_column_names
           FROM (SELECT rvbbit_catalog.pg._schema(database_name, schema_name, table_name) AS nspname,
                        rvbbit_catalog.pg._relation_oid(database_name, schema_name, table_name) AS relid,
                        constraint_column_names AS column_names,
                        CASE constraint_type WHEN 'PRIMARY KEY' THEN 'p' WHEN 'UNIQUE' THEN 'u' WHEN 'FOREIGN KEY' THEN 'f' ELSE 'c' END AS contype, *
                 FROM duckdb_constraints()
                 WHERE database_name IN (current_database(), 'temp') AND constraint_type <> 'NOT NULL'
                   AND schema_name NOT LIKE '\\_rvbbit%' ESCAPE '\\'))`,
  // A second constraint that would get a name twice gets a number, as in PostgreSQL.
  `CREATE OR REPLACE TEMP TABLE _rvbbit_named_constraint AS
     SELECT *, base_name || CASE n WHEN 1 THEN '' ELSE (n - 1)::VARCHAR END AS conname
     FROM (SELECT *, row_number() OVER (PARTITION BY relid, base_name ORDER BY constraint_index) AS n
           FROM temp.main._rvbbit_constraint_entry)`,
  `CREATE OR REPLACE TEMP TABLE _rvbbit_index_entry AS
     SELECT rvbbit_catalog.pg._oid('relation', nspname || '.' || conname) AS oid, nspname, conname AS index_name, relid AS indrelid,
            true AS indisunique, contype = 'p' AS indisprimary, conkey AS indkey, column_names AS index_columns,
            NULL::VARCHAR AS indexprs, NULL::VARCHAR AS comment
     FROM temp.main._rvbbit_named_constraint WHERE contype IN ('p', 'u')
     UNION ALL
     SELECT rvbbit_catalog.pg._oid('relation', nspname || '.' || index_name), nspname, index_name, relid, is_unique, is_primary,
            list_transform(tokens, lambda t: coalesce(list_position(table_columns, t), 0)::SMALLINT), tokens,
            nullif(array_to_string(list_filter(tokens, lambda t: NOT list_contains(table_columns, t)), ', '), ''), comment
     FROM (SELECT rvbbit_catalog.pg._schema(database_name, schema_name, table_name) AS nspname, i.index_name,
                  rvbbit_catalog.pg._relation_oid(database_name, schema_name, table_name) AS relid, is_unique, is_primary, comment,
                  list_transform(
                    regexp_extract_all(expressions[2:-2], '''(?:[^'']|'''')*''|"[^"]*"|[^, ]+'),
                    lambda t: CASE WHEN starts_with(t, '''') THEN replace(t[2:-2], '''''', '''')
                                   WHEN starts_with(t, '"') THEN t[2:-2] ELSE t END) AS tokens,
                  (SELECT list(column_name ORDER BY column_index) FROM duckdb_columns() c
                   WHERE c.database_name = i.database_name AND c.schema_name = i.schema_name AND c.table_name = i.table_name) AS table_columns
           FROM duckdb_indexes() i WHERE database_name IN (current_database(), 'temp'))`,
  `CREATE OR REPLACE TEMP TABLE _rvbbit_index AS
     SELECT oid AS indexrelid, indrelid, indisunique, indisprimary, indkey, indexprs, index_columns, index_name
     FROM temp.main._rvbbit_index_entry`,
  `CREATE OR REPLACE TEMP TABLE _rvbbit_constraint AS
     SELECT rvbbit_catalog.pg._oid('constraint', relid || '.' || conname) AS oid, conname,
            rvbbit_catalog.pg._namespace_oid(nspname) AS connamespace, contype, relid AS conrelid,
            CASE WHEN contype IN ('p', 'u') THEN rvbbit_catalog.pg._oid('relation', nspname || '.' || conname)
                 WHEN contype = 'f' THEN coalesce(
                   (SELECT i.oid FROM temp.main._rvbbit_index_entry i
                    WHERE i.indrelid = rvbbit_catalog.pg._oid('relation', nspname || '.' || referenced_table) AND i.index_columns = referenced_column_names LIMIT 1), 0)
                 ELSE 0 END AS conindid,
            CASE contype WHEN 'f' THEN rvbbit_catalog.pg._oid('relation', nspname || '.' || referenced_table) ELSE 0 END AS confrelid,
            conkey,
            CASE contype WHEN 'f' THEN
              (SELECT list(column_index::SMALLINT ORDER BY list_position(referenced_column_names, column_name)) FROM duckdb_columns() c
               WHERE c.database_name = current_database()
                 AND rvbbit_catalog.pg._relation_oid(c.database_name, c.schema_name, c.table_name) = rvbbit_catalog.pg._oid('relation', nspname || '.' || referenced_table)
                 AND list_contains(referenced_column_names, column_name)) END AS confkey,
            CASE contype WHEN 'c' THEN expression END AS conbin,
            CASE contype
              WHEN 'p' THEN 'PRIMARY KEY (' || array_to_string(column_names, ', ') || ')'
              WHEN 'u' THEN 'UNIQUE (' || array_to_string(column_names, ', ') || ')'
              WHEN 'f' THEN 'FOREIGN KEY (' || array_to_string(column_names, ', ') || ') REFERENCES '
                            || CASE nspname WHEN 'public' THEN '' ELSE nspname || '.' END || referenced_table
                            || '(' || array_to_string(referenced_column_names, ', ') || ')'
              ELSE 'CHECK (' || expression || ')' END AS definition
     FROM temp.main._rvbbit_named_constraint`,
  `CREATE MACRO rvbbit_catalog.pg._index_definition(x, schema, relation, index_name) AS
     'CREATE ' || CASE WHEN x.indisunique THEN 'UNIQUE ' ELSE '' END || 'INDEX ' || index_name || ' ON ' || schema || '.' || relation
     || ' USING btree (' || array_to_string(x.index_columns, ', ') || ')'`,
  `CREATE OR REPLACE TEMP TABLE _rvbbit_index_text AS
     SELECT x.indexrelid AS oid, x.index_columns,
            rvbbit_catalog.pg._index_definition(x, n.nspname, t.relname, x.index_name) AS indexdef
     FROM temp.main._rvbbit_index x JOIN temp.main._rvbbit_relation t ON t.oid = x.indrelid
     JOIN temp.main._rvbbit_namespace n ON n.oid = t.relnamespace`,
];
