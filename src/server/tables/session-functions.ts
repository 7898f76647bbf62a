import { SqlError, messageOf } from '../../errors.ts';
import type { StatementScope } from '../../operators/evaluation/statement-scope.ts';
import { functionCalls } from './function-calls.ts';
import type { FunctionCall } from './function-calls.ts';
import type { FunctionRow, ServerFunction } from './server-function.ts';
import { quoteText } from './table-connection.ts';
import type { TableConnection } from './table-connection.ts';
import type { VirtualColumn } from './virtual-table.ts';

/**
 * The server's own functions in one connection of DuckDB: macros over temporary tables, which hold the results of the
 * calls that the statement at hand makes.
 */
export class SessionFunctions {
  readonly #byName: ReadonlyMap<string, ServerFunction>;
  readonly #names: ReadonlySet<string>;
  readonly #connection: TableConnection;

  constructor(functions: readonly ServerFunction[], connection: TableConnection) {
    this.#byName = new Map(functions.map((one) => [one.name, one]));
    this.#names = new Set(this.#byName.keys());
    this.#connection = connection;
  }

  /** Once a connection, before its first statement. */
  async install(): Promise<void> {
    for (const one of this.#byName.values())
      for (const sql of definitionsOf(one)) await this.#connection.runInternal(sql);
  }

  callsIn(sql: string): readonly FunctionCall[] {
    return functionCalls(sql, this.#names);
  }

  /** Before each statement: calls what it calls. `values` are those of `$1`, `$2`, … Throws SqlError. */
  async answer(
    calls: readonly FunctionCall[],
    values: readonly unknown[],
    scope: StatementScope,
  ): Promise<void> {
    for (const call of calls) {
      const called = this.#byName.get(call.name);
      if (called !== undefined) await this.#answer(called, call, values, scope);
    }
  }

  async #answer(
    called: ServerFunction,
    call: FunctionCall,
    values: readonly unknown[],
    scope: StatementScope,
  ): Promise<void> {
    const key = await this.#keyOf(called, call, values);
    const rows = await called.call(JSON.parse(key) as FunctionRow, scope);
    const table = resultTable(called);
    const structure = JSON.stringify([
      Object.fromEntries(called.columns.map(({ name, type }) => [name, type])),
    ]);
    const columns = called.columns.map(({ name }) => `r."${name}"`).join(', ');
    await this.#connection.runInternal(`DELETE FROM ${table} WHERE call_key = ${quoteText(key)}`);
    await this.#connection.runInternal(
      `INSERT INTO ${table} SELECT ${quoteText(key)}, ${columns} FROM
       (SELECT unnest(from_json(${quoteText(JSON.stringify(rows))}, ${quoteText(structure)})) AS r)`,
    );
    await this.#connection.runInternal('CREATE OR REPLACE TEMP TABLE rvbbit_rows_changed (one BOOLEAN)');
  }

  /** The arguments as JSON, by name, which DuckDB works out. */
  async #keyOf(called: ServerFunction, call: FunctionCall, values: readonly unknown[]): Promise<string> {
    const args = call.args.map((arg) => withValues(arg, values));
    try {
      const rows = await this.#connection.runInternal(`SELECT ${keyMacro(called)}(${args.join(', ')})`);
      return String(rows[0]?.[0]);
    } catch (error) {
      throw new SqlError(
        '0A000',
        `the arguments of ${called.name} are to be constants: ${messageOf(error)}`,
        {
          hint: `${called.name}(${called.parameters.map(({ name }) => name).join(', ')})`,
          cause: error,
        },
      );
    }
  }
}

function definitionsOf(one: ServerFunction): readonly string[] {
  const given = one.parameters
    .map(({ name, initial }) => (initial === null ? name : `${name} := ${initial}`))
    .join(', ');
  const packed = one.parameters.map(({ name }) => `"${name}" := ${name}`).join(', ');
  const key = packed === '' ? `'{}'` : `to_json(struct_pack(${packed}))::VARCHAR`;
  const table = resultTable(one);
  const columns = one.columns.map(({ name }) => `"${name}"`).join(', ');
  const found = `SELECT ${columns} FROM ${table} WHERE call_key = ${key}`;
  return [
    `CREATE TEMP TABLE IF NOT EXISTS ${table.replace('temp.', '')} (call_key VARCHAR, ${columnsOf(one.columns)})`,
    `CREATE OR REPLACE TEMP MACRO ${keyMacro(one)}(${given}) AS ${key}`,
    `CREATE OR REPLACE TEMP MACRO ${one.name}(${given}) AS ${one.shape === 'scalar' ? `(${found})` : `TABLE ${found}`}`,
  ];
}

function columnsOf(columns: readonly VirtualColumn[]): string {
  return columns.map(({ name, type }) => `"${name}" ${type}`).join(', ');
}

function resultTable({ name }: ServerFunction): string {
  return `temp.rvbbit_results_of_${name}`;
}

function keyMacro({ name }: ServerFunction): string {
  return `rvbbit_key_of_${name}`;
}

function withValues(arg: string, values: readonly unknown[]): string {
  return arg.replace(/'(?:[^']|'')*'|\$(\d+)/g, (whole, number: string | undefined) =>
    number === undefined ? whole : literalOf(values[Number(number) - 1]),
  );
}

function literalOf(value: unknown): string {
  if (value === null || value === undefined) return 'NULL';
  if (typeof value === 'number' || typeof value === 'bigint' || typeof value === 'boolean')
    return String(value);
  if (typeof value === 'string') return quoteText(value);
  throw new SqlError('0A000', 'an argument of this type cannot be given as a parameter');
}
