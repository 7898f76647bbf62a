import { CATALOG_DATABASE, CATALOG_SCHEMAS, type CatalogRelation } from './relation.ts';
import type { SystemColumn, SystemRelation } from './system-relations.ts';

const DUCKDB_TYPES: Readonly<Record<string, string>> = {
  bool: 'BOOLEAN',
  int2: 'SMALLINT',
  int4: 'INTEGER',
  int8: 'BIGINT',
  oid: 'BIGINT',
  regproc: 'BIGINT',
  xid: 'BIGINT',
  float4: 'FLOAT',
  float8: 'DOUBLE',
  numeric: 'DECIMAL(38, 9)',
  timestamptz: 'TIMESTAMPTZ',
  interval: 'INTERVAL',
  bytea: 'BLOB',
  int2vector: 'SMALLINT[]',
  oidvector: 'BIGINT[]',
  _oid: 'BIGINT[]',
  _int2: 'SMALLINT[]',
  _float4: 'FLOAT[]',
  _bool: 'BOOLEAN[]',
};

/** The view that stands for a relation of PostgreSQL's catalogue; without contents it is empty. */
export function viewStatement(relation: SystemRelation, shown: CatalogRelation | undefined): string {
  const columns = relation.columns.map((column) => {
    const expression = shown?.columns[column.name] ?? neutralValue(column);
    return `(${expression})::${duckdbType(column.type)} AS "${column.name}"`;
  });
  const name = `${CATALOG_DATABASE}.${CATALOG_SCHEMAS[relation.schema]}."${relation.name}"`;
  return `CREATE VIEW ${name} AS SELECT ${columns.join(', ')} FROM ${shown?.from ?? '(SELECT 1) WHERE false'}`;
}

export function duckdbType(type: string): string {
  return DUCKDB_TYPES[type] ?? (type.startsWith('_') || type === 'anyarray' ? 'VARCHAR[]' : 'VARCHAR');
}

function neutralValue({ type, notNull }: SystemColumn): string {
  if (!notNull) return 'NULL';
  const duckdb = duckdbType(type);
  if (duckdb.endsWith('[]')) return `[]::${duckdb}`;
  if (duckdb === 'BOOLEAN') return 'false';
  return duckdb === 'VARCHAR' ? "''" : '0';
}
