import type { EngineConnection } from '../engine/engine-connection.ts';

/** A prompt holds no more. */
const MOST_COLUMNS = 2_000;

/** The tables and views of the database that are the user's own, a line each: `schema.table(column TYPE, …)`. */
export async function visibleSchema(connection: EngineConnection): Promise<string> {
  const rows = await connection.runInternal(
    `SELECT schema_name, table_name, list(column_name || ' ' || data_type ORDER BY column_index)
     FROM (SELECT * FROM duckdb_columns() WHERE NOT internal AND database_name = current_database() LIMIT ${MOST_COLUMNS})
     GROUP BY ALL ORDER BY ALL`,
  );
  const lines = rows.map(([schema, table, columns]) => {
    const place =
      schema === 'main' || schema === 'public' ? quoted(table) : `${quoted(schema)}.${quoted(table)}`;
    return `${place}(${itemsOf(columns).join(', ')})`;
  });
  return lines.length === 0 ? '(no tables)' : lines.join('\n');
}

function quoted(name: unknown): string {
  const text = String(name);
  return /^[a-z_][a-z0-9_]*$/.test(text) ? text : `"${text.replaceAll('"', '""')}"`;
}

function itemsOf(list: unknown): readonly string[] {
  return (list as { readonly items?: readonly unknown[] }).items?.map(String) ?? [];
}
