import type { CatalogFunction } from '../relation.ts';

/** Functions on text and bytes. */
export const textFunctions: readonly CatalogFunction[] = [
  {
    name: '_part',
    sql: `(p_text, p_start) AS substring(p_text, greatest(p_start, 1)),
      (p_text, p_start, p_length) AS substring(p_text, greatest(p_start, 1), greatest(p_start + p_length - greatest(p_start, 1), 0))`,
    returns: 'text',
  },
  {
    name: '_overlay',
    sql: `(o_text, o_new, o_start) AS left(o_text, o_start - 1) || o_new || substring(o_text, o_start + length(o_new)),
      (o_text, o_new, o_start, o_count) AS left(o_text, o_start - 1) || o_new || substring(o_text, o_start + o_count)`,
    returns: 'text',
  },
  {
    name: 'initcap',
    sql: `(i_text) AS array_to_string(list_transform(regexp_extract_all(lower(i_text), '[[:alnum:]]+|[^[:alnum:]]+'),
      lambda w: upper(w[1]) || w[2:]), '')`,
    returns: 'text',
  },
  { name: 'octet_length', sql: `(o_value) AS strlen(o_value::VARCHAR)`, returns: 'int4' },
  {
    name: 'encode',
    sql: `(e_bytes, e_format) AS CASE e_format WHEN 'hex' THEN lower(hex(e_bytes)) WHEN 'base64' THEN to_base64(e_bytes)
      ELSE error('unrecognized encoding: "' || e_format || '"') END`,
    returns: 'text',
  },
  {
    name: 'decode',
    sql: `(d_text, d_format) AS CASE d_format WHEN 'hex' THEN unhex(d_text) WHEN 'base64' THEN from_base64(d_text)
      ELSE error('unrecognized encoding: "' || d_format || '"') END`,
    returns: 'bytea',
  },
  { name: 'to_hex', sql: `(h_number) AS lower(system.main.to_hex(h_number))`, returns: 'text' },
  {
    name: 'to_number',
    sql: `(n_text, n_format) AS regexp_replace(n_text, '[^-0-9.]', '', 'g')::DECIMAL(38, 9)`,
    returns: 'numeric',
  },
  {
    name: 'regexp_count',
    sql: `(r_text, r_pattern) AS len(regexp_extract_all(r_text, r_pattern))::INTEGER`,
    returns: 'int4',
  },
  {
    name: 'regexp_substr',
    sql: `(r_text, r_pattern) AS CASE WHEN regexp_matches(r_text, r_pattern) THEN regexp_extract(r_text, r_pattern) END`,
    returns: 'text',
  },
  { name: '_when', sql: `(w_condition, w_value) AS CASE WHEN w_condition THEN w_value END` },
  {
    name: '_regexp_once',
    sql: `(r_found, r_groups) AS unnest(CASE WHEN r_found THEN [r_groups] ELSE [] END)`,
    returns: '_text',
  },
  {
    name: '_regexp_all',
    sql: `(r_text, r_pattern, r_group) AS unnest(list_transform(regexp_extract_all(r_text, r_pattern, r_group), lambda m: [m]))`,
    returns: '_text',
  },
  {
    name: '_format_number',
    sql: `(f_value, f_least, f_scale, f_optional, f_groups, f_currency, f_width, f_digits) AS (
      SELECT CASE WHEN f_width > 0 THEN lpad(m_f_text, greatest(f_width, length(m_f_text))::INTEGER, ' ') ELSE m_f_text END
      FROM (SELECT CASE WHEN m_f_value < 0 THEN '-' ELSE '' END || f_currency || m_f_whole
                   || CASE WHEN f_scale > 0 THEN '.' || left(m_f_part, f_scale - f_optional) || rtrim(right(m_f_part, f_optional), '0') ELSE '' END AS m_f_text
            FROM (SELECT m_f_value, m_f_part,
                         CASE WHEN length(m_f_int) > f_digits AND m_f_int <> '0' THEN repeat('#', f_digits)
                              WHEN f_groups THEN format('{:,}', m_f_int::BIGINT)
                              WHEN m_f_int = '0' AND f_least = 0 THEN ''
                              ELSE lpad(m_f_int, greatest(length(m_f_int), f_least)::INTEGER, '0') END AS m_f_whole
                  FROM (SELECT m_f_value, split_part(m_f_abs, '.', 1) AS m_f_int, rpad(split_part(m_f_abs, '.', 2), f_scale::INTEGER, '0') AS m_f_part
                        FROM (SELECT f_value AS m_f_value, round(abs(f_value::DECIMAL(38, 9)), f_scale)::VARCHAR AS m_f_abs)))))`,
    returns: 'text',
  },
];
