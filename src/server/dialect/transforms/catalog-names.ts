import type { Node, RangeVar } from 'libpg-query';
import { CATALOG_DATABASE, CATALOG_SCHEMAS } from '../../catalog/relation.ts';
import { systemRelations } from '../../catalog/system-relations.ts';
import type { Transform, TransformContext } from '../transform.ts';

/**
 * `pg_catalog.pg_class`, bare `pg_class` and `information_schema.tables` become the views that stand for them; a common table of the
 * same name comes first, as in PostgreSQL. Schema `public` is DuckDB's `main`.
 */
export const catalogNames: Transform = {
  name: 'catalog-names',
  visit: { RangeVar: relation },
};

function relation(body: RangeVar, context: TransformContext): Node | undefined {
  const { schemaname } = body;
  if (schemaname === 'public') return { RangeVar: { ...body, schemaname: 'main' } };
  const schema = catalogSchemaOf(body, context);
  if (schema === undefined) return undefined;
  return { RangeVar: { ...body, catalogname: CATALOG_DATABASE, schemaname: CATALOG_SCHEMAS[schema] } };
}

function catalogSchemaOf({ catalogname, schemaname, relname = '' }: RangeVar, context: TransformContext) {
  if (catalogname === CATALOG_DATABASE) return undefined;
  if (schemaname === undefined && context.commonTables.has(relname)) return undefined;
  const schema = schemaname ?? 'pg_catalog';
  if (schema !== 'pg_catalog' && schema !== 'information_schema') return undefined;
  return systemRelations.has(`${schema}.${relname}`) ? schema : undefined;
}
