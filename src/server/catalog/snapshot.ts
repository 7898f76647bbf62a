import { CATALOG_FUNCTIONS } from './catalog-functions.ts';
import { creationOrder } from './creation-order.ts';
import { builtinTypeTable } from './fill-statements.ts';
import { constraints } from './foundation/constraints.ts';
import { functionsOfTheDatabase } from './foundation/functions-of-the-database.ts';
import { lookups } from './foundation/lookups.ts';
import { namesAndOids } from './foundation/names-and-oids.ts';
import { relations } from './foundation/relations.ts';
import { types } from './foundation/types.ts';
import { CATALOG_DATABASE, CATALOG_SCHEMAS } from './relation.ts';

const SNAPSHOT = 'CREATE OR REPLACE TEMP TABLE ';

/** Macros, tables and the snapshot's tables, each after those it uses. */
export function foundationStatements(virtualTables: readonly string[]): readonly string[] {
  const macros = CATALOG_FUNCTIONS.map(
    ({ name, sql }) => `CREATE MACRO ${CATALOG_DATABASE}.${CATALOG_SCHEMAS.pg_catalog}."${name}" ${sql}`,
  );
  const tables = [...relations, ...constraints, ...functionsOfTheDatabase, ...types, ...lookups];
  return creationOrder([builtinTypeTable(), ...namesAndOids(virtualTables), ...tables, ...macros]);
}

const snapshotStatements = foundationStatements([]).filter((sql) => sql.startsWith(SNAPSHOT));

/** A number that changes with every CREATE, ALTER, DROP and COMMENT; only estimated row counts may lag behind. */
const FINGERPRINT = `
  SELECT bit_xor(h) FROM (
    SELECT hash('table', database_name, schema_name, table_name, sql, comment, index_count) AS h FROM duckdb_tables()
    WHERE NOT starts_with(table_name, '_rvbbit')
    UNION ALL SELECT hash('view', view_oid, schema_name, view_name, comment) FROM duckdb_views()
    WHERE NOT internal AND database_name <> '${CATALOG_DATABASE}'
    UNION ALL SELECT hash('index', schema_name, index_name, sql, comment) FROM duckdb_indexes()
    UNION ALL SELECT hash('sequence', schema_name, sequence_name, comment) FROM duckdb_sequences()
    UNION ALL SELECT hash('type', schema_name, type_name, labels) FROM duckdb_types() WHERE NOT internal
    UNION ALL SELECT hash('schema', schema_name) FROM duckdb_schemas() WHERE database_name = current_database()
    UNION ALL SELECT hash('column', schema_name, table_name, column_name, comment) FROM duckdb_columns() WHERE comment IS NOT NULL)`;

/** The same for functions, of which DuckDB lists thousands of its own: asked only by statements that show functions. */
const FUNCTIONS = `
  SELECT bit_xor(hash(schema_name, function_name, parameters, macro_definition, comment)) FROM duckdb_functions()
  WHERE database_name = current_database() AND NOT internal`;

const FUNCTION_OBJECTS = ['pg_proc', 'routines', '_regproc_in', 'to_regproc', '_regproc_out'];

type Query = (sql: string) => Promise<readonly (readonly unknown[])[]>;

/**
 * Brings a connection's snapshot of the catalogue up to date; to be called before a statement that reads the catalogue
 * is described or run, in that statement's transaction, with the objects that it uses. Views over DuckDB's own
 * catalogue functions would be correct at any moment, but a client's statement joins a dozen of them and takes seconds to plan.
 */
export async function refreshSnapshot(query: Query, objects?: ReadonlySet<string>): Promise<void> {
  const functions = objects === undefined || FUNCTION_OBJECTS.some((name) => objects.has(name));
  if (await isFresh(query, functions)) return;
  for (const sql of snapshotStatements) await query(sql);
  await query(
    `${SNAPSHOT}_rvbbit_fingerprint AS SELECT (${FINGERPRINT}) AS value, (${FUNCTIONS}) AS functions`,
  );
}

async function isFresh(query: Query, functions: boolean): Promise<boolean> {
  const present = await query(
    `SELECT 1 FROM duckdb_tables() WHERE database_name = 'temp' AND table_name = '_rvbbit_fingerprint'`,
  );
  if (present.length === 0) return false;
  const same = functions ? ` AND functions IS NOT DISTINCT FROM (${FUNCTIONS})` : '';
  const rows = await query(
    `SELECT 1 FROM temp.main._rvbbit_fingerprint WHERE value IS NOT DISTINCT FROM (${FINGERPRINT})${same}`,
  );
  return rows.length > 0;
}
