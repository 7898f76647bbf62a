import { DuckDBInstance, type DuckDBConnection } from '@duckdb/node-api';
import { loadModule, parseSync } from 'libpg-query';

/** The two parsers that a statement may reach. */
export interface Parsers {
  postgresParses(sql: string): boolean;
  duckdbParses(sql: string): Promise<boolean>;
  close(): void;
}

export async function openParsers(): Promise<Parsers> {
  await loadModule();
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  return {
    postgresParses,
    duckdbParses: (sql) => duckdbParses(connection, sql),
    close: () => {
      connection.closeSync();
      instance.closeSync();
    },
  };
}

function postgresParses(sql: string): boolean {
  try {
    parseSync(sql);
    return true;
  } catch {
    return false;
  }
}

async function duckdbParses(connection: DuckDBConnection, sql: string): Promise<boolean> {
  try {
    return (await connection.extractStatements(sql)).count > 0;
  } catch {
    return false;
  }
}
