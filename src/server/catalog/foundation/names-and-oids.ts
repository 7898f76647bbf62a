/**
 * An oid is a number computed from what an object is and how it is called: the same in every relation, every session and after
 * a restart, without being stored. Below 16384 lie PostgreSQL's own.
 */
export function namesAndOids(virtualTables: readonly string[]): readonly string[] {
  const list = ['_none', ...virtualTables].map((name) => `'${name}'`).join(', ');
  return [
    `CREATE MACRO rvbbit_catalog.pg._oid(o_kind, o_key) AS
     (16384 + hash(concat(o_kind, ':', o_key)) % 2147467263)::BIGINT`,
    // Temporary tables are in nobody's schema, except the virtual ones, which belong to public.
    `CREATE MACRO rvbbit_catalog.pg._schema(s_database, s_schema, s_object) AS
     CASE WHEN s_database = 'temp' THEN CASE WHEN s_object IN (${list}) THEN 'public' ELSE 'pg_temp_1' END
          WHEN s_schema = 'main' THEN 'public' ELSE s_schema END`,
    `CREATE MACRO rvbbit_catalog.pg._relation_oid(r_database, r_schema, r_object) AS
     rvbbit_catalog.pg._oid('relation', rvbbit_catalog.pg._schema(r_database, r_schema, r_object) || '.' || r_object)`,
    `CREATE MACRO rvbbit_catalog.pg._namespace_oid(n_name) AS
     CASE n_name WHEN 'public' THEN 2200 WHEN 'pg_catalog' THEN 11 WHEN 'information_schema' THEN 13207 WHEN 'pg_toast' THEN 99
          ELSE rvbbit_catalog.pg._oid('schema', n_name) END`,
    `CREATE OR REPLACE TEMP TABLE _rvbbit_namespace AS
     SELECT rvbbit_catalog.pg._namespace_oid(nspname)::BIGINT AS oid, nspname FROM (
       SELECT CASE schema_name WHEN 'main' THEN 'public' ELSE schema_name END AS nspname
       FROM duckdb_schemas() WHERE database_name = current_database() AND schema_name NOT LIKE '\\_rvbbit%' ESCAPE '\\'
       UNION ALL SELECT 'pg_catalog' UNION ALL SELECT 'information_schema' UNION ALL SELECT 'pg_toast')`,
    `CREATE MACRO rvbbit_catalog.pg._view_query(v_sql) AS
     ' ' || trim(regexp_replace(v_sql, '^CREATE (TEMP )?VIEW .*? AS ', ''))`,
  ];
}
