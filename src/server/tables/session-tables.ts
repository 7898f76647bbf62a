import type { Node } from 'libpg-query';
import { SqlError } from '../../errors.ts';
import type { StatementScope } from '../../operators/evaluation/statement-scope.ts';
import type { Annotations } from '../../training/annotations.ts';
import type { ClickHouseLog } from '../../training/log/clickhouse-log.ts';
import { difference, rememberAnnotations, restoreAnnotations } from './annotation-difference.ts';
import { fillTable } from './fill-table.ts';
import type { TableSource } from './fill-table.ts';
import type { ParameterValue } from './filter-translation.ts';
import { planRead, wholeTable } from './read-plan.ts';
import type { ReadPlan } from './read-plan.ts';
import type { ServerFunction } from './server-function.ts';
import { SessionFunctions } from './session-functions.ts';
import { parseStatement } from './statement-tree.ts';
import type { TableConnection } from './table-connection.ts';
import { mentionedTables, VIRTUAL_TABLES } from './table-list.ts';
import { ANNOTATIONS_DDL, trainingAnnotations } from './training-annotations.ts';
import { asUpsert } from './upsert.ts';
import { usedColumns } from './used-columns.ts';
import type { VirtualTable } from './virtual-table.ts';
import { planWrite } from './write-plan.ts';
import { writeTarget } from './write-target.ts';

const REMEMBERED = 500;
const LONGEST_REMEMBERED = 10_000;

export interface VirtualTablesSource extends TableSource {
  readonly log: Pick<ClickHouseLog, 'flush'>;
  readonly annotations: Annotations;
  /** Removes calls and all that was learned from them; left out, the log takes no DELETE. */
  readonly deleteCalls?: (traceIds: readonly string[]) => Promise<void>;
  readonly functions?: readonly ServerFunction[];
}

/** What a statement means for the virtual tables, once their rows are in place. */
export interface LoadedStatement {
  /** The statement to run. */
  readonly sql: string;
  /** Whether it changes annotations: then `finish` or `abandon` must follow. */
  readonly changesAnnotations: boolean;
  /**
   * After the statement has run and before the client hears of it: writes what it changed, or keeps it for COMMIT.
   * Throws SqlError, and then nothing is changed.
   */
  finish(): Promise<void>;
  /** After the statement has failed. */
  abandon(): Promise<void>;
}

/**
 * The virtual tables of one connection: temporary tables of DuckDB that are filled from ClickHouse before a
 * statement that names them. Statements come one after another; `begin`, `commit` and `rollback` follow the
 * transaction blocks of the session.
 */
export class SessionTables {
  readonly #source: VirtualTablesSource;
  readonly #connection: TableConnection;
  #inTransaction = false;
  /** Annotations were changed in the transaction: the table holds them, ClickHouse does not yet. */
  #staged = false;
  readonly #user: string;
  readonly #functions: SessionFunctions;
  /** Statements that are known to have nothing to do with virtual tables and functions. */
  readonly #plain = new Set<string>();

  constructor(source: VirtualTablesSource, connection: TableConnection, user: string) {
    this.#functions = new SessionFunctions(source.functions ?? [], connection);
    this.#source = source;
    this.#connection = connection;
    this.#user = user;
  }

  /** Once a connection, before its first statement. */
  async install(): Promise<void> {
    for (const table of VIRTUAL_TABLES) await this.#connection.runInternal(definition(table));
    await this.#functions.install();
  }

  /**
   * Before each statement, which lends its scope to what it calls. `parameters` are the values of `$1`, `$2`, …, as far
   * as they are known. A statement that is only explained calls nothing: a comparison or a judge costs money.
   */
  async load(
    sql: string,
    parameters: readonly ParameterValue[],
    scope: StatementScope,
    explained = false,
  ): Promise<LoadedStatement> {
    if (this.#plain.has(sql)) return untouched(sql);
    const calls = this.#functions.callsIn(sql);
    if (!explained) await this.#functions.answer(calls, parameters, scope);
    const mentioned = mentionedTables(sql);
    if (mentioned.length === 0) {
      if (calls.length === 0) this.#remember(sql);
      return untouched(sql);
    }
    const statement = await parseStatement(sql);
    const target = writeTarget(statement, sql);
    if (mentioned.some((table) => table.fromMemory !== true)) await this.#source.log.flush();
    for (const table of mentioned) {
      if (table === target && table.deletable === true) continue;
      if (table === trainingAnnotations && (target === table || this.#staged)) continue;
      await fillTable(this.#source, this.#connection, table, planRead(statement, table, parameters));
    }
    if (target === null) return untouched(sql);
    if (target.deletable === true) return this.#deletion(statement, sql, target, parameters);
    // Later statements of a transaction may touch any row, and must find this one's changes.
    const plan = this.#inTransaction ? wholeTable(target) : planWrite(statement, target, parameters);
    return this.#change(asUpsert(statement, sql), plan);
  }

  begin(): void {
    this.#inTransaction = true;
  }

  /** Before DuckDB's COMMIT. Throws SqlError, and then the transaction is to be rolled back. */
  async commit(): Promise<void> {
    const staged = this.#staged;
    if (staged) await this.#apply();
    this.#end();
  }

  rollback(): void {
    this.#end();
  }

  #remember(sql: string): void {
    if (this.#plain.size >= REMEMBERED) this.#plain.clear();
    if (sql.length <= LONGEST_REMEMBERED) this.#plain.add(sql);
  }

  #end(): void {
    this.#inTransaction = false;
    this.#staged = false;
  }

  async #change(sql: string, plan: ReadPlan): Promise<LoadedStatement> {
    if (!this.#staged) {
      await fillTable(this.#source, this.#connection, trainingAnnotations, plan);
      await rememberAnnotations(this.#connection);
    }
    return {
      sql,
      changesAnnotations: true,
      finish: () => this.#finish(),
      abandon: async () => {
        if (!this.#inTransaction) await restoreAnnotations(this.#connection);
      },
    };
  }

  /** Calls that DuckDB deletes from its table are deleted from the log when the statement has ended. */
  async #deletion(
    statement: Node | null,
    sql: string,
    table: VirtualTable,
    parameters: readonly ParameterValue[],
  ): Promise<LoadedStatement> {
    const { deleteCalls } = this.#source;
    if (deleteCalls === undefined || this.#inTransaction) throw noDeletion(table, this.#inTransaction);
    const used = statement === null ? table.columns : usedColumns(statement, table);
    const columns = table.columns.filter((column) => column.name === 'trace_id' || used.includes(column));
    const plan = { ...planWrite(statement, table, parameters), columns };
    await fillTable(this.#source, this.#connection, table, plan);
    await this.#connection.runInternal(
      `CREATE OR REPLACE TEMP TABLE rvbbit_deletable AS SELECT trace_id FROM temp.${table.name}`,
    );
    const finish = async (): Promise<void> => {
      const gone = await this.#connection.runInternal(
        `SELECT DISTINCT trace_id FROM temp.rvbbit_deletable
         WHERE trace_id NOT IN (SELECT trace_id FROM temp.${table.name})`,
      );
      await deleteCalls(gone.map(([traceId]) => String(traceId)));
    };
    return { sql, changesAnnotations: false, finish, abandon: async () => undefined };
  }

  async #finish(): Promise<void> {
    if (!this.#inTransaction) return this.#apply();
    const { marks } = await difference(this.#connection);
    await this.#source.annotations.requireKnown(marks.map((mark) => mark.traceId));
    this.#staged = true;
  }

  async #apply(): Promise<void> {
    try {
      const change = await difference(this.#connection);
      await this.#source.annotations.apply(change, { by: this.#user, source: 'human' });
    } catch (error) {
      if (!this.#inTransaction) await restoreAnnotations(this.#connection);
      throw error;
    }
  }
}

function definition(table: VirtualTable): string {
  if (table === trainingAnnotations) return ANNOTATIONS_DDL;
  const columns = table.columns.map(({ name, type }) => `"${name}" ${type}`);
  return `CREATE TEMP TABLE IF NOT EXISTS ${table.name} (${columns.join(', ')})`;
}

function noDeletion(table: VirtualTable, inTransaction: boolean): SqlError {
  if (!inTransaction) return new SqlError('0A000', `this server does not delete from ${table.name}`);
  return new SqlError('25001', `DELETE FROM ${table.name} cannot run inside a transaction block`, {
    detail: 'What is deleted from the log cannot be brought back by ROLLBACK.',
  });
}

function untouched(sql: string): LoadedStatement {
  const nothing = async (): Promise<void> => undefined;
  return { sql, changesAnnotations: false, finish: nothing, abandon: nothing };
}
