import type { CatalogFunction } from '../relation.ts';

/** Arithmetic where PostgreSQL raises an error and DuckDB gives NULL, or counts otherwise. */
export const arithmetic: readonly CatalogFunction[] = [
  {
    name: '_divisor',
    sql: `(d_value) AS CASE WHEN d_value = 0 THEN error('division by zero') ELSE d_value END`,
  },
  {
    name: 'width_bucket',
    sql: `(w_value, w_low, w_high, w_count) AS (CASE WHEN w_value < w_low THEN 0 WHEN w_value >= w_high THEN w_count + 1
      ELSE floor((w_value - w_low)::DOUBLE * w_count / (w_high - w_low)) + 1 END)::INTEGER`,
    returns: 'int4',
  },
  {
    name: 'div',
    sql: `(d_left, d_right) AS trunc(d_left::DECIMAL(38, 9) / nullif(d_right, 0))::DECIMAL(38, 0)`,
    returns: 'numeric',
  },
  { name: 'array_fill', sql: `(f_value, f_sizes) AS list_transform(range(f_sizes[1]), lambda i: f_value)` },
  { name: 'trim_array', sql: `(t_list, t_count) AS t_list[:len(t_list) - t_count]` },
  {
    name: 'pg_typeof',
    sql: `(p_value) AS CASE regexp_replace(typeof(p_value), '[(].*', '') WHEN 'VARCHAR' THEN 'text' WHEN 'DECIMAL' THEN 'numeric' WHEN 'DOUBLE' THEN 'double precision'
      WHEN 'FLOAT' THEN 'real' WHEN 'BLOB' THEN 'bytea' WHEN 'TIMESTAMP' THEN 'timestamp without time zone' WHEN 'TIME' THEN 'time without time zone'
      WHEN 'HUGEINT' THEN 'numeric' WHEN 'INTEGER[]' THEN 'integer[]' WHEN 'VARCHAR[]' THEN 'text[]' ELSE lower(typeof(p_value)) END`,
    returns: 'text',
  },
];
