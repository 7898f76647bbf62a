import type { StatementScope } from '../../operators/evaluation/statement-scope.ts';
import type { DuckDBValue } from '@duckdb/node-api';
import type { EngineConnection } from '../engine/engine-connection.ts';

/** A statement whose virtual tables hold their rows. */
export interface TablesLoaded {
  readonly sql: string;
  /** After the statement has run and before the client hears of it. Throws SqlError, and then nothing is changed. */
  finish(): Promise<void>;
  /** After the statement has failed. */
  abandon(): Promise<void>;
}

/** The virtual tables as one session uses them; they follow its transaction blocks. */
export interface StatementTables {
  install(): Promise<void>;
  load(
    sql: string,
    parameters: readonly DuckDBValue[],
    scope: StatementScope,
    /** The statement is explained and not run: it calls nothing. */
    explained?: boolean,
  ): Promise<TablesLoaded>;
  begin(): void;
  /** Before DuckDB's COMMIT. Throws SqlError, and then the transaction is to be rolled back. */
  commit(): Promise<void>;
  rollback(): void;
}

export type MakeTables = (connection: EngineConnection, user: string) => StatementTables;

const nothing = async (): Promise<void> => undefined;

/** For a server without virtual tables. */
export const NO_TABLES: StatementTables = Object.freeze({
  install: nothing,
  load: async (sql: string) => ({ sql, finish: nothing, abandon: nothing }),
  begin: () => undefined,
  commit: nothing,
  rollback: () => undefined,
});
