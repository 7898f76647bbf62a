import type { CatalogFunction } from '../relation.ts';

/** Arithmetic where PostgreSQL raises an error and DuckDB gives NULL, or counts otherwise. */
export const arithmetic: readonly CatalogFunction[] = [
  {
    name: '_divisor',
    sql: `(d_value) AS CASE WHEN d_value = 0 THEN error('division by zero') ELSE d_value END`,
  },
];
