import type { CatalogFunction } from '../relation.ts';

/** Functions on dates, times and intervals. */
export const timeFunctions: readonly CatalogFunction[] = [
  {
    name: '_seconds',
    sql: `(t_value) AS (date_part('microseconds', t_value) / 1000000.0)::DECIMAL(18, 6)`,
    returns: 'numeric',
  },
  {
    name: '_milliseconds',
    sql: `(t_value) AS (date_part('microseconds', t_value) / 1000.0)::DECIMAL(18, 3)`,
    returns: 'numeric',
  },
  { name: '_date_q', sql: `(t_value) AS date_part('quarter', t_value)::VARCHAR`, returns: 'text' },
  { name: '_date_d', sql: `(t_value) AS (date_part('dow', t_value) + 1)::VARCHAR`, returns: 'text' },
  {
    name: '_date_ww',
    sql: `(t_value) AS lpad(((date_part('doy', t_value) - 1) // 7 + 1)::VARCHAR, 2, '0')`,
    returns: 'text',
  },
  { name: '_date_cc', sql: `(t_value) AS date_part('century', t_value)::VARCHAR`, returns: 'text' },
  {
    name: '_hours',
    sql: `(t_value) AS lpad(date_part('hour', t_value)::VARCHAR, 2, '0')`,
    returns: 'text',
  },
  {
    name: '_minutes',
    sql: `(t_value) AS lpad(date_part('minute', t_value)::VARCHAR, 2, '0')`,
    returns: 'text',
  },
  {
    name: '_whole_seconds',
    sql: `(t_value) AS lpad(date_part('second', t_value)::VARCHAR, 2, '0')`,
    returns: 'text',
  },
  {
    name: 'justify_days',
    sql: `(j_value) AS to_months((date_part('month', j_value) + 12 * date_part('year', j_value) + date_part('day', j_value) // 30)::INTEGER)
      + to_days((date_part('day', j_value) % 30)::INTEGER) + to_microseconds((date_part('hour', j_value) * 3600 + date_part('minute', j_value) * 60) * 1000000 + date_part('microseconds', j_value))`,
    returns: 'interval',
  },
  {
    name: 'justify_hours',
    sql: `(j_value) AS to_months((date_part('month', j_value) + 12 * date_part('year', j_value))::INTEGER)
      + to_days((date_part('day', j_value) + date_part('hour', j_value) // 24)::INTEGER)
      + to_microseconds((date_part('hour', j_value) % 24 * 3600 + date_part('minute', j_value) * 60) * 1000000 + date_part('microseconds', j_value))`,
    returns: 'interval',
  },
  {
    name: 'make_interval',
    sql: `(years := 0, months := 0, weeks := 0, days := 0, hours := 0, mins := 0, secs := 0) AS
      to_months((years * 12 + months)::INTEGER) + to_days((weeks * 7 + days)::INTEGER)
      + to_microseconds((hours::BIGINT * 3600000000 + mins::BIGINT * 60000000 + secs * 1000000)::BIGINT)`,
    returns: 'interval',
  },
  {
    name: 'overlaps',
    sql: `(a_start, a_end, b_start, b_end) AS least(a_start, a_end) < greatest(b_start, b_end) AND least(b_start, b_end) < greatest(a_start, a_end)`,
    returns: 'bool',
  },
  {
    name: 'date_bin',
    sql: `(b_width, b_value, b_origin) AS time_bucket(b_width::INTERVAL, b_value, b_origin)`,
  },
];
