import type { CatalogFunction } from '../relation.ts';

/** regclass, regtype and their like are oids inside; these read and write their names. */
export const objectNames: readonly CatalogFunction[] = [
  {
    name: '_first_part',
    sql: `(a0_first_part) AS CASE WHEN contains(a0_first_part, '.') THEN trim(regexp_extract(a0_first_part, '^("[^"]*"|[^.]*)\\.', 1), '"') END`,
  },
  {
    name: '_last_part',
    sql: `(a0_last_part) AS CASE WHEN contains(a0_last_part, '"') THEN trim(regexp_extract(a0_last_part, '(?:^|\\.)("[^"]*"|[^."]*)$', 1), '"') ELSE lower(split_part(a0_last_part, '.', -1)) END`,
  },
  {
    name: '_argument_list',
    sql: `(a0_argument_list, a1_argument_list) AS array_to_string(list_transform(list_zip(coalesce(a0_argument_list, []), a1_argument_list), lambda a: coalesce(a[1] || ' ', '') || rvbbit_catalog.pg._plain_type_title(a[2])), ', ')`,
  },
  {
    name: '_plain_type_title',
    sql: `(a0_plain_type_title) AS coalesce(MAP { 16: 'boolean', 20: 'bigint', 21: 'smallint', 23: 'integer', 25: 'text', 114: 'json', 700: 'real', 701: 'double precision', 1082: 'date', 1114: 'timestamp without time zone', 1184: 'timestamp with time zone', 1700: 'numeric', 2950: 'uuid', 3802: 'jsonb' }[a0_plain_type_title::INTEGER], 'text')`,
  },
  {
    name: '_quote_identifier',
    sql: `(a0_quote_identifier) AS CASE WHEN regexp_full_match(a0_quote_identifier, '[a-z_][a-z0-9_$]*') AND a0_quote_identifier NOT IN (SELECT keyword_name FROM duckdb_keywords() WHERE keyword_category IN ('reserved')) THEN a0_quote_identifier ELSE '"' || replace(a0_quote_identifier, '"', '""') || '"' END`,
  },
  {
    name: 'to_regclass',
    sql: `(object) AS (SELECT oid FROM rvbbit_catalog.pg._relation WHERE relname = rvbbit_catalog.pg._last_part(object) AND (rvbbit_catalog.pg._first_part(object) IS NULL AND relnamespace IN (2200, 11) OR relnamespace = rvbbit_catalog.pg._namespace_oid(rvbbit_catalog.pg._first_part(object))) ORDER BY relnamespace = 11 DESC, oid LIMIT 1)`,
    returns: 'regclass',
  },
  {
    name: '_regclass_in',
    sql: `(a0_regclass_in) AS CASE WHEN a0_regclass_in IS NULL THEN NULL ELSE coalesce(try_cast(a0_regclass_in AS BIGINT), (SELECT oid FROM rvbbit_catalog.pg._relation WHERE relname = rvbbit_catalog.pg._last_part(a0_regclass_in::VARCHAR) AND (rvbbit_catalog.pg._first_part(a0_regclass_in::VARCHAR) IS NULL AND relnamespace IN (2200, 11) OR relnamespace = rvbbit_catalog.pg._namespace_oid(rvbbit_catalog.pg._first_part(a0_regclass_in::VARCHAR))) ORDER BY relnamespace = 11 DESC, oid LIMIT 1), error('relation "' || a0_regclass_in || '" does not exist')) END`,
  },
  {
    name: '_regclass_out',
    sql: `(a0_regclass_out) AS CASE WHEN a0_regclass_out = 0 THEN '-' ELSE coalesce((SELECT CASE WHEN relnamespace IN (2200, 11) THEN '' ELSE rvbbit_catalog.pg._quote_identifier(n.nspname) || '.' END || rvbbit_catalog.pg._quote_identifier(relname) FROM rvbbit_catalog.pg._relation r JOIN rvbbit_catalog.pg._namespace n ON n.oid = relnamespace WHERE r.oid = a0_regclass_out), a0_regclass_out::VARCHAR) END`,
    returns: 'text',
  },
  {
    name: 'to_regproc',
    sql: `(object) AS (SELECT oid FROM rvbbit_catalog.pg._proc WHERE proname = rvbbit_catalog.pg._last_part(object) AND (rvbbit_catalog.pg._first_part(object) IS NULL AND pronamespace IN (2200, 11) OR pronamespace = rvbbit_catalog.pg._namespace_oid(rvbbit_catalog.pg._first_part(object))) ORDER BY pronamespace = 11 DESC, oid LIMIT 1)`,
    returns: 'regproc',
  },
  {
    name: '_regproc_in',
    sql: `(a0_regproc_in) AS CASE WHEN a0_regproc_in IS NULL THEN NULL ELSE coalesce(try_cast(a0_regproc_in AS BIGINT), (SELECT oid FROM rvbbit_catalog.pg._proc WHERE proname = rvbbit_catalog.pg._last_part(a0_regproc_in::VARCHAR) AND (rvbbit_catalog.pg._first_part(a0_regproc_in::VARCHAR) IS NULL AND pronamespace IN (2200, 11) OR pronamespace = rvbbit_catalog.pg._namespace_oid(rvbbit_catalog.pg._first_part(a0_regproc_in::VARCHAR))) ORDER BY pronamespace = 11 DESC, oid LIMIT 1), error('function "' || a0_regproc_in || '" does not exist')) END`,
  },
  {
    name: '_regproc_out',
    sql: `(a0_regproc_out) AS CASE WHEN a0_regproc_out = 0 THEN '-' ELSE coalesce((SELECT CASE WHEN pronamespace IN (2200, 11) THEN '' ELSE rvbbit_catalog.pg._quote_identifier(n.nspname) || '.' END || rvbbit_catalog.pg._quote_identifier(proname) FROM rvbbit_catalog.pg._proc r JOIN rvbbit_catalog.pg._namespace n ON n.oid = pronamespace WHERE r.oid = a0_regproc_out), a0_regproc_out::VARCHAR) END`,
    returns: 'text',
  },
  {
    name: '_type_named',
    sql: `(a0_type_named) AS MAP { 'int': 23, 'integer': 23, 'bigint': 20, 'smallint': 21, 'boolean': 16, 'real': 700, 'double precision': 701, 'character varying': 1043, 'character': 1042, 'decimal': 1700, 'timestamp without time zone': 1114, 'timestamp with time zone': 1184, 'time without time zone': 1083, 'time with time zone': 1266, 'integer[]': 1007, 'text[]': 1009, 'bigint[]': 1016, '"char"': 18 }[lower(a0_type_named)]`,
  },
  {
    name: 'to_regtype',
    sql: `(object) AS coalesce(rvbbit_catalog.pg._type_named(object), (SELECT oid FROM rvbbit_catalog.pg.pg_type WHERE typname = rvbbit_catalog.pg._last_part(object) AND (rvbbit_catalog.pg._first_part(object) IS NULL AND typnamespace IN (2200, 11) OR typnamespace = rvbbit_catalog.pg._namespace_oid(rvbbit_catalog.pg._first_part(object))) ORDER BY typnamespace = 11 DESC LIMIT 1))`,
    returns: 'regtype',
  },
  {
    name: '_regtype_in',
    sql: `(a0_regtype_in) AS CASE WHEN a0_regtype_in IS NULL THEN NULL ELSE coalesce(try_cast(a0_regtype_in AS BIGINT), coalesce(rvbbit_catalog.pg._type_named(a0_regtype_in::VARCHAR), (SELECT oid FROM rvbbit_catalog.pg.pg_type WHERE typname = rvbbit_catalog.pg._last_part(a0_regtype_in::VARCHAR) AND (rvbbit_catalog.pg._first_part(a0_regtype_in::VARCHAR) IS NULL AND typnamespace IN (2200, 11) OR typnamespace = rvbbit_catalog.pg._namespace_oid(rvbbit_catalog.pg._first_part(a0_regtype_in::VARCHAR))) ORDER BY typnamespace = 11 DESC LIMIT 1)), error('type "' || a0_regtype_in || '" does not exist')) END`,
  },
  {
    name: '_regtype_out',
    sql: `(a0_regtype_out) AS rvbbit_catalog.pg.format_type(a0_regtype_out, -1)`,
    returns: 'text',
  },
  {
    name: 'to_regnamespace',
    sql: `(object) AS (SELECT oid FROM rvbbit_catalog.pg._namespace WHERE nspname = object)`,
    returns: 'regnamespace',
  },
  {
    name: '_regnamespace_in',
    sql: `(a0_regnamespace_in) AS CASE WHEN a0_regnamespace_in IS NULL THEN NULL ELSE coalesce(try_cast(a0_regnamespace_in AS BIGINT), (SELECT oid FROM rvbbit_catalog.pg._namespace WHERE nspname = rvbbit_catalog.pg._last_part(a0_regnamespace_in::VARCHAR)), error('schema "' || a0_regnamespace_in || '" does not exist')) END`,
  },
  {
    name: '_regnamespace_out',
    sql: `(a0_regnamespace_out) AS CASE WHEN a0_regnamespace_out = 0 THEN '-' ELSE coalesce((SELECT rvbbit_catalog.pg._quote_identifier(nspname) FROM rvbbit_catalog.pg._namespace WHERE oid = a0_regnamespace_out), a0_regnamespace_out::VARCHAR) END`,
    returns: 'text',
  },
  {
    name: '_regrole_in',
    sql: `(a0_regrole_in) AS coalesce(try_cast(a0_regrole_in AS BIGINT), CASE WHEN a0_regrole_in::VARCHAR = coalesce(getvariable('rvbbit_user'), 'rvbbit') THEN 10 END, error('role "' || a0_regrole_in || '" does not exist'))`,
  },
  {
    name: '_regrole_out',
    sql: `(a0_regrole_out) AS CASE a0_regrole_out WHEN 10 THEN coalesce(getvariable('rvbbit_user'), 'rvbbit') ELSE a0_regrole_out::VARCHAR END`,
    returns: 'text',
  },
  {
    name: 'to_regrole',
    sql: `(object) AS CASE WHEN object = coalesce(getvariable('rvbbit_user'), 'rvbbit') THEN 10 END`,
    returns: 'regrole',
  },
];
