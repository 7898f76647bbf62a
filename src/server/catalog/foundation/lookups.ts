/**
 * What the macros look up. A macro's argument is pasted into its subquery, where a column of the same name would capture it; so
 * these columns have names that no statement uses.
 */
export const lookups: readonly string[] = [
  `CREATE OR REPLACE TEMP TABLE _rvbbit_m_namespace AS SELECT oid AS m_ns_oid, nspname AS m_ns_name FROM temp.main._rvbbit_namespace`,
  `CREATE OR REPLACE TEMP TABLE _rvbbit_m_relation AS
     SELECT r.oid AS m_rel_oid, relname AS m_rel_name, relnamespace AS m_rel_namespace, relkind AS m_rel_kind,
            rvbbit_catalog.pg._view_query(sql) AS m_rel_query, (reltuples * relnatts * 8)::BIGINT AS m_rel_size,
            rvbbit_catalog.pg._qualified(nspname, relname) AS m_rel_title
     FROM temp.main._rvbbit_relation r JOIN temp.main._rvbbit_namespace n ON n.oid = relnamespace`,
  `CREATE OR REPLACE TEMP TABLE _rvbbit_m_type AS
     SELECT oid AS m_typ_oid, typname AS m_typ_name, 11 AS m_typ_namespace, title AS m_typ_title FROM rvbbit_catalog.pg._builtin_type
     UNION ALL
     SELECT _rvbbit_own_type.oid, typname, typnamespace, rvbbit_catalog.pg._qualified(nspname, typname)
     FROM temp.main._rvbbit_own_type JOIN temp.main._rvbbit_namespace ns ON ns.oid = typnamespace
     UNION ALL
     SELECT typarray, '_' || typname, typnamespace, rvbbit_catalog.pg._qualified(nspname, typname) || '[]'
     FROM temp.main._rvbbit_own_type JOIN temp.main._rvbbit_namespace ns ON ns.oid = typnamespace`,
  `CREATE OR REPLACE TEMP TABLE _rvbbit_m_proc AS
     SELECT p.oid AS m_fn_oid, proname AS m_fn_name, pronamespace AS m_fn_namespace,
            rvbbit_catalog.pg._qualified(nspname, proname) AS m_fn_title,
            rvbbit_catalog.pg._argument_list(proargnames, proargtypes) AS m_fn_arguments,
            CASE WHEN proretset THEN 'SETOF ' ELSE '' END || coalesce(rvbbit_catalog.pg._base_title(prorettype), 'text') AS m_fn_result,
            'CREATE OR REPLACE FUNCTION ' || nspname || '.' || proname || '(' || m_fn_arguments || ')' || chr(10)
            || ' RETURNS ' || m_fn_result || chr(10) || ' LANGUAGE sql' || chr(10) || 'AS $function$' || coalesce(prosrc, '') || '$function$' || chr(10) AS m_fn_text
     FROM temp.main._rvbbit_proc p JOIN temp.main._rvbbit_namespace n ON n.oid = pronamespace`,
  `CREATE OR REPLACE TEMP TABLE _rvbbit_m_constraint AS SELECT oid AS m_con_oid, definition AS m_con_definition FROM temp.main._rvbbit_constraint`,
  `CREATE OR REPLACE TEMP TABLE _rvbbit_m_index AS
     SELECT oid AS m_idx_oid, indexdef AS m_idx_definition, index_columns AS m_idx_columns FROM temp.main._rvbbit_index_text`,
  `CREATE OR REPLACE TEMP TABLE _rvbbit_m_description AS
     SELECT objoid AS m_d_object, classoid AS m_d_class, objsubid AS m_d_sub, description AS m_d_text FROM temp.main._rvbbit_description`,
  `CREATE OR REPLACE TEMP TABLE _rvbbit_m_serial AS
     SELECT attrelid AS m_ser_relation, attname AS m_ser_column,
            CASE WHEN contains(column_default, '.') THEN '' ELSE 'public.' END || regexp_extract(column_default, '^nextval\\(''([^'']*)''', 1) AS m_ser_sequence
     FROM temp.main._rvbbit_table_column WHERE starts_with(column_default, 'nextval(')`,
  `CREATE MACRO rvbbit_catalog.pg._qualified(q_schema, q_name) AS
     CASE WHEN q_schema IN ('public', 'pg_catalog') THEN '' ELSE rvbbit_catalog.pg._quote_identifier(q_schema) || '.' END
     || rvbbit_catalog.pg._quote_identifier(q_name)`,
  // The names that format_type writes for types that are words of the language.
  `CREATE MACRO rvbbit_catalog.pg._base_title(b_oid) AS
     MAP { 16: 'boolean', 18: '"char"', 20: 'bigint', 21: 'smallint', 23: 'integer', 25: 'text', 700: 'real', 701: 'double precision',
           1042: 'character', 1043: 'character varying', 1083: 'time without time zone', 1114: 'timestamp without time zone',
           1184: 'timestamp with time zone', 1266: 'time with time zone', 1560: 'bit', 1562: 'bit varying',
           1700: 'numeric', 1186: 'interval', 2249: 'record', 114: 'json', 3802: 'jsonb', 1082: 'date', 2950: 'uuid', 17: 'bytea' }[b_oid::INTEGER]`,
  `CREATE MACRO rvbbit_catalog.pg._type_title(t_oid) AS
     (SELECT m_typ_title FROM temp.main._rvbbit_m_type WHERE m_typ_oid = t_oid)`,
  // Each way to write the name of a relation, function or type, the first by search path where there are several.
  `CREATE OR REPLACE TEMP TABLE _rvbbit_m_name AS
     SELECT kind AS m_nam_kind, path AS m_nam_path, arg_min(oid, rank) AS m_nam_oid
     FROM (SELECT kind, q.oid, unnest(CASE WHEN namespace IN (2200, 11) THEN [name, quoted, nspname || '.' || name, nspname || '.' || quoted]
                                         ELSE [nspname || '.' || name, nspname || '.' || quoted] END) AS path,
                  CASE namespace WHEN 11 THEN 0 ELSE 1 END AS rank
           FROM (SELECT *, rvbbit_catalog.pg._quote_identifier(name) AS quoted
                 FROM (SELECT 'relation' AS kind, m_rel_oid AS oid, m_rel_name AS name, m_rel_namespace AS namespace FROM temp.main._rvbbit_m_relation
                       UNION ALL SELECT 'function', m_fn_oid, m_fn_name, m_fn_namespace FROM temp.main._rvbbit_m_proc
                       UNION ALL SELECT 'type', m_typ_oid, m_typ_name, m_typ_namespace FROM temp.main._rvbbit_m_type
                       UNION ALL SELECT 'type', m_typ_oid, m_typ_title, m_typ_namespace FROM temp.main._rvbbit_m_type)) q
                JOIN temp.main._rvbbit_namespace ns ON ns.oid = namespace) GROUP BY ALL`,
];
