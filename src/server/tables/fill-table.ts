import { randomUUID } from 'node:crypto';
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Store, StoreRow } from '../../training/log/store.ts';
import { SqlError } from '../../errors.ts';
import type { ReadPlan } from './read-plan.ts';
import { quoteText } from './table-connection.ts';
import type { TableConnection } from './table-connection.ts';
import type { VirtualColumn, VirtualTable, VirtualType } from './virtual-table.ts';

export interface TableSource {
  readonly store: Store;
  /** Folder for the files that carry rows from engine to engine; each lives for one load. */
  readonly folder: string;
  /** Rows of the tables that the server makes, by the table's name; values as JSON has them. */
  readonly computed?: Readonly<Record<string, () => Promise<readonly StoreRow[]>>>;
}

/** ClickHouse's type that comes out as DuckDB's. */
const SOURCE_TYPES: Readonly<Record<VirtualType, string>> = Object.freeze({
  VARCHAR: 'String',
  'VARCHAR[]': 'Array(String)',
  BOOLEAN: 'Bool',
  INTEGER: 'Int32',
  BIGINT: 'Int64',
  DOUBLE: 'Float64',
  TIMESTAMP: 'Int64',
});

/** Replaces the rows of DuckDB's table by those that ClickHouse has. */
export async function fillTable(
  source: TableSource,
  connection: TableConnection,
  table: VirtualTable,
  plan: ReadPlan,
): Promise<void> {
  if (table.computed === true) return fillComputed(source, connection, table);
  await mkdir(source.folder, { recursive: true });
  const file = join(source.folder, `${table.name}-${randomUUID()}.parquet`);
  try {
    const columns = plan.columns.map(sourceColumn).join(', ');
    // Renamed columns must not hide those that the filter means.
    const sql = `SELECT ${columns} FROM (SELECT * FROM ${table.source}${plan.clauses})`;
    await source.store.exportParquet('tables', sql, plan.parameters, file);
    await connection.runInternal(`DELETE FROM temp.${table.name}`);
    await connection.runInternal(insertFrom(table, plan.columns, file));
    // DuckDB folds what it knows of a table's rows into a prepared plan and makes the plan anew only when the
    // catalog has changed.
    await connection.runInternal('CREATE OR REPLACE TEMP TABLE rvbbit_rows_changed (one BOOLEAN)');
  } finally {
    await rm(file, { force: true });
  }
}

async function fillComputed(
  source: TableSource,
  connection: TableConnection,
  table: VirtualTable,
): Promise<void> {
  const rows = await source.computed?.[table.name]?.();
  if (rows === undefined) throw new SqlError('0A000', `this server does not make the rows of ${table.name}`);
  const structure = JSON.stringify([Object.fromEntries(table.columns.map(({ name, type }) => [name, type]))]);
  const columns = table.columns.map(({ name }) => `r."${name}"`).join(', ');
  await connection.runInternal(`DELETE FROM temp.${table.name}`);
  await connection.runInternal(
    `INSERT INTO temp.${table.name} SELECT ${columns} FROM
     (SELECT unnest(from_json(${quoteText(JSON.stringify(rows))}, ${quoteText(structure)})) AS r)`,
  );
  await connection.runInternal('CREATE OR REPLACE TEMP TABLE rvbbit_rows_changed (one BOOLEAN)');
}

function sourceColumn({ name, type, nullable }: VirtualColumn): string {
  const value = type === 'TIMESTAMP' ? `toUnixTimestamp64Micro(${name})` : name;
  const target = nullable ? `Nullable(${SOURCE_TYPES[type]})` : SOURCE_TYPES[type];
  return `CAST(${value} AS ${target}) AS ${name}`;
}

function insertFrom(table: VirtualTable, columns: readonly VirtualColumn[], file: string): string {
  const names = columns.map(({ name }) => `"${name}"`).join(', ');
  const values = columns.map(({ name, type }) =>
    type === 'TIMESTAMP' ? `make_timestamp("${name}")` : `"${name}"`,
  );
  return `INSERT INTO temp.${table.name} (${names}) SELECT ${values.join(', ')} FROM read_parquet(${quoteText(file)})`;
}
