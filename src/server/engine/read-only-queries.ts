import { type DuckDBConnection, type DuckDBValue, listValue, StatementType } from '@duckdb/node-api';
import { SqlError } from '../../errors.ts';
import type { OperatorSet } from '../../operators/cascade/operator-set.ts';
import { SEARCH_NAMES } from '../../operators/functions/search-names.ts';
import { splitStatements } from '../../operators/lexer/split-statements.ts';
import type { CellRow, DatabaseQuery } from '../../operators/runner/cell-database.ts';
import { sqlErrorOfDuckDB } from '../statements/duckdb-error.ts';
import { interruptOnAbort } from './interrupt-on-abort.ts';
import { nearPairs } from './near-pairs.ts';
import { CATALOG_DATABASE } from '../catalog/relation.ts';
import type { BoundedQueries } from './engine-connection.ts';
import { checkBounded } from './bounded-query.ts';

/** Queries of cells: each on a connection of its own, in a transaction that can change nothing. */
export class ReadOnlyQueries implements BoundedQueries {
  constructor(private readonly connect: () => Promise<DuckDBConnection>) {}

  readonly nearPairs = nearPairs;

  async check(sql: string, operators: OperatorSet): Promise<void> {
    const connection = await this.connect();
    try {
      await checkBounded(connection, sql, { names: namesOf(operators), catalogs: [CATALOG_DATABASE] });
    } finally {
      connection.closeSync();
    }
  }

  async rows(query: DatabaseQuery, signal: AbortSignal): Promise<readonly CellRow[]> {
    signal.throwIfAborted();
    const connection = await this.connect();
    const deadline = AbortSignal.timeout(query.timeoutMs);
    const stop = AbortSignal.any([signal, deadline]);
    const done = interruptOnAbort(connection, stop);
    try {
      await connection.run('BEGIN TRANSACTION READ ONLY');
      await checkBounded(connection, query.sql);
      return await rowsOf(connection, query);
    } catch (error) {
      if (signal.aborted) throw signal.reason;
      if (deadline.aborted) throw tooSlow(query);
      throw sqlErrorOfDuckDB(error, query.sql);
    } finally {
      done();
      connection.closeSync();
    }
  }
}

/** Under which operators stand in a query, and what their forms are spelled out as. */
function namesOf({ operators, patterns }: OperatorSet): ReadonlySet<string> {
  const symbols = [...patterns.values()].map(({ pattern }) => pattern.symbol);
  return new Set(['embed', ...Object.values(SEARCH_NAMES), ...operators.keys(), ...symbols]);
}

async function rowsOf(connection: DuckDBConnection, query: DatabaseQuery): Promise<readonly CellRow[]> {
  const { sql, values, maxRows } = query;
  const rows = `(${withoutEnd(sql)}\n) AS "row of a cell"`;
  const text = `SELECT CAST(to_json("row of a cell") AS VARCHAR) FROM ${rows} LIMIT ${maxRows}`;
  const prepared = await connection.prepare(text);
  try {
    if (prepared.statementType !== StatementType.SELECT)
      throw new SqlError('42501', 'a cell may only SELECT');
    const bound = Object.entries(values).map(([name, value]) => [name, duckdbValue(value)] as const);
    if (bound.length > 0) prepared.bind(Object.fromEntries(bound));
    const found = await (await prepared.runAndReadAll()).getRows();
    return found.map(([json]) => JSON.parse(String(json)) as CellRow);
  } finally {
    prepared.destroySync();
  }
}

/** JSON's values as DuckDB takes them; a list is one of texts. */
function duckdbValue(value: unknown): DuckDBValue {
  if (Array.isArray(value)) return listValue(value.map(String));
  if (typeof value === 'number' && Number.isSafeInteger(value)) return BigInt(value);
  return value as DuckDBValue;
}

/** Without its semicolon and what stands behind it. */
function withoutEnd(sql: string): string {
  return splitStatements(sql)[0]?.text ?? sql;
}

function tooSlow({ timeoutMs }: DatabaseQuery): SqlError {
  return new SqlError('57014', `the query of a cell took longer than ${timeoutMs} ms`, {
    hint: 'Raise timeout_ms of the cell, or let it read less.',
  });
}
