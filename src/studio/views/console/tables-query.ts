import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import type { SqlLine } from '../../../server/http/schemas/sql.ts';
import { ApiError, postForStream } from '../../api/request.ts';
import { randomName } from './names.ts';
import { readLines } from './read-lines.ts';

export interface TableColumn {
  readonly name: string;
  readonly type: string;
}

/** The schema in which a name needs no schema before it: PostgreSQL's name for it, and DuckDB's. */
const OPEN_SCHEMAS: ReadonlySet<string> = new Set(['public', 'main']);

export interface DatabaseTable {
  /** null where the name needs none before it. */
  readonly schema: string | null;
  readonly name: string;
  readonly columns: readonly TableColumn[];
}

const COLUMNS = `SELECT table_schema, table_name, column_name, data_type FROM information_schema.columns
  WHERE table_schema NOT IN ('pg_catalog', 'information_schema')
  ORDER BY table_schema, table_name, ordinal_position`;
const MOST_COLUMNS = 20_000;

/** Tables and views of a database with their columns; asked anew after each run, which may have made some. */
export const tablesQuery = (database: string, lastRunAt: number | null) =>
  queryOptions({
    queryKey: ['tables', database, lastRunAt],
    placeholderData: keepPreviousData,
    queryFn: ({ signal }) => readTables(database, signal),
    gcTime: 0,
  });

async function readTables(database: string, signal: AbortSignal): Promise<readonly DatabaseTable[]> {
  const id = randomName();
  const body = {
    sql: COLUMNS,
    database,
    run_id: id,
    session_key: `tables-${database}`,
    max_rows: MOST_COLUMNS,
  };
  const rows: (readonly (string | null)[])[] = [];
  await readLines(await postForStream('/api/sql/run', body, signal), (lines) => {
    for (const line of lines) rows.push(...rowsOf(line));
  });
  return tablesOf(rows);
}

function rowsOf(line: SqlLine): readonly (readonly (string | null)[])[] {
  if (line.type === 'error') throw new ApiError(500, line);
  return line.type === 'rows' ? line.rows : [];
}

function tablesOf(rows: readonly (readonly (string | null)[])[]): readonly DatabaseTable[] {
  const tables = new Map<string, DatabaseTable & { readonly columns: TableColumn[] }>();
  for (const [schema = '', name = '', column = '', type = ''] of rows.map((row) => row.map(String))) {
    const key = JSON.stringify([schema, name]);
    const table = tables.get(key) ?? { schema: OPEN_SCHEMAS.has(schema) ? null : schema, name, columns: [] };
    table.columns.push({ name: column, type });
    tables.set(key, table);
  }
  return [...tables.values()];
}
