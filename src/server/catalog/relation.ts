/** The schema inside CATALOG_DATABASE that stands for pg_catalog, and the one for information_schema. */
export const CATALOG_DATABASE = 'rvbbit_catalog';
export const CATALOG_SCHEMAS = { pg_catalog: 'pg', information_schema: 'info' } as const;

export type CatalogSchema = keyof typeof CATALOG_SCHEMAS;

/**
 * What a relation of PostgreSQL's catalogue shows here. Columns that PostgreSQL has and `columns` does not name get the neutral
 * value of their type (0, false, '' where PostgreSQL has NOT NULL, else NULL).
 */
export interface CatalogRelation {
  readonly schema: CatalogSchema;
  readonly name: string;
  /** SQL expressions by column name. */
  readonly columns: Readonly<Record<string, string>>;
  /** The FROM clause and what follows it. */
  readonly from: string;
}

/** A macro: `sql` is what follows CREATE MACRO name, overloads included. */
export interface CatalogFunction {
  readonly name: string;
  readonly sql: string;
  /** The name of the PostgreSQL type it gives; undefined where it depends on the arguments. */
  readonly returns?: string;
}
