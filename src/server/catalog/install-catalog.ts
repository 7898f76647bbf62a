import { CATALOG_FUNCTIONS } from './catalog-functions.ts';
import { CATALOG_RELATIONS } from './catalog-relations.ts';
import { CATALOG_DATABASE, CATALOG_SCHEMAS } from './relation.ts';
import type { DescribedFunction } from './described-function.ts';
import { creationOrder } from './creation-order.ts';
import { builtinTypeTable, fillStatements } from './fill-statements.ts';
import { constraints } from './foundation/constraints.ts';
import { functionsOfTheDatabase } from './foundation/functions-of-the-database.ts';
import { lookups } from './foundation/lookups.ts';
import { namesAndOids } from './foundation/names-and-oids.ts';
import { relations } from './foundation/relations.ts';
import { types } from './foundation/types.ts';
import { systemRelations } from './system-relations.ts';
import { viewStatement } from './view-statement.ts';

const foundation = [...relations, ...constraints, ...functionsOfTheDatabase, ...types, ...lookups];

export interface CatalogContents {
  /** Semantic functions and others that pg_proc is to show. */
  readonly functions: readonly DescribedFunction[];
  /** Temporary tables that are to be seen in `public`. */
  readonly virtualTables: readonly string[];
}

/** Creates the catalogue's database, once a DuckDB instance. `run` runs one statement. */
export async function installCatalog(
  run: (sql: string) => Promise<void>,
  contents: CatalogContents,
): Promise<void> {
  for (const sql of catalogStatements(contents)) await run(sql);
}

export function catalogStatements(contents: CatalogContents): readonly string[] {
  const { pg_catalog, information_schema } = CATALOG_SCHEMAS;
  const shown = new Map(
    CATALOG_RELATIONS.map((relation) => [`${relation.schema}.${relation.name}`, relation]),
  );
  const macros = CATALOG_FUNCTIONS.map(
    ({ name, sql }) => `CREATE MACRO ${CATALOG_DATABASE}.${pg_catalog}."${name}" ${sql}`,
  );
  const views = [...systemRelations].map(([path, relation]) => viewStatement(relation, shown.get(path)));
  return [
    `ATTACH ':memory:' AS ${CATALOG_DATABASE}`,
    `CREATE SCHEMA ${CATALOG_DATABASE}.${pg_catalog}`,
    `CREATE SCHEMA ${CATALOG_DATABASE}.${information_schema}`,
    ...creationOrder([
      builtinTypeTable(),
      ...namesAndOids(contents.virtualTables),
      ...foundation,
      ...macros,
      ...views,
    ]),
    ...fillStatements(contents),
  ];
}

export { type DescribedFunction } from './described-function.ts';
