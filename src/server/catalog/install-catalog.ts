import { CATALOG_RELATIONS } from './catalog-relations.ts';
import type { DescribedFunction } from './described-function.ts';
import { fillStatements, functionStatements } from './fill-statements.ts';
import { CATALOG_DATABASE, CATALOG_SCHEMAS } from './relation.ts';
import { foundationStatements } from './snapshot.ts';
import { systemRelations } from './system-relations.ts';
import { viewStatement } from './view-statement.ts';

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
  const shown = new Map(
    CATALOG_RELATIONS.map((relation) => [`${relation.schema}.${relation.name}`, relation]),
  );
  return [
    `ATTACH ':memory:' AS ${CATALOG_DATABASE}`,
    ...Object.values(CATALOG_SCHEMAS).map((schema) => `CREATE SCHEMA ${CATALOG_DATABASE}.${schema}`),
    ...foundationStatements(contents.virtualTables),
    ...[...systemRelations].map(([path, relation]) => viewStatement(relation, shown.get(path))),
    ...fillStatements(),
    ...functionStatements(contents.functions),
  ];
}

export { type DescribedFunction } from './described-function.ts';
