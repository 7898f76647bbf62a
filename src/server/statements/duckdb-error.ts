import { messageOf, SqlError } from '../../errors.ts';
import { keywordOf } from '../../operators/cascade/symbol.ts';
import { type DuckDBReport, readDuckDBReport } from './duckdb-report.ts';
import { sqlStateOf } from './duckdb-sqlstate.ts';

/**
 * An error of DuckDB as a client is to see it: SQLSTATE, first line as message, the rest as hint, operator symbols
 * as their keywords. `position` counts characters in `sql`, the text that DuckDB got. A SqlError passes unchanged.
 */
export function sqlErrorOfDuckDB(error: unknown, sql: string): SqlError {
  if (error instanceof SqlError) return error;
  const report = readDuckDBReport(messageOf(error), sql);
  const [first = '', ...rest] = withKeywords(report.message).split('\n');
  const code = sqlStateOf(report);
  const hint = rest.join('\n').trim() || (hintOf(code, first) ?? '');
  return new SqlError(code, postgresWording(report) ?? first, {
    ...(hint === '' ? {} : { hint }),
    ...(report.byteOffset === null ? {} : { position: characterPosition(sql, report.byteOffset) }),
    cause: error,
  });
}

/** The way out that DuckDB does not tell. */
function hintOf(code: string, message: string): string | undefined {
  const scalar = scalarInFrom(message);
  if (scalar !== undefined) return `Write it as SELECT ${scalar}(…), or FROM (SELECT ${scalar}(…)).`;
  if (code !== '42803' || /must appear in/.test(message)) return undefined;
  return 'Compute the aggregate in a subquery or a common table expression, or filter the groups with HAVING.';
}

/** The name of a function that gives one value, where it stands in FROM. */
function scalarInFrom(message: string): string | undefined {
  return /^Table Function with name "(.*?)" is not in the catalog, a function by this name exists/.exec(
    message,
  )?.[1];
}

/** Where PostgreSQL has words that clients look for. */
function postgresWording(report: DuckDBReport): string | null {
  const { entryType, entryName, message } = report;
  const misplaced = /^(WHERE|GROUP BY) clause cannot contain aggregates/.exec(message)?.[1];
  // DuckDB reads the condition of an inner join as one of WHERE.
  if (misplaced !== undefined) {
    return `aggregate functions are not allowed in ${misplaced === 'WHERE' ? 'WHERE or JOIN conditions' : misplaced}`;
  }
  const scalar = scalarInFrom(message);
  if (scalar !== undefined) return `${scalar} gives one value, and FROM takes rows`;
  if (entryName === null) return null;
  const name = withKeywords(entryName);
  if (report.subtype === 'COLUMN_NOT_FOUND' || entryType === 'Column')
    return `column "${name}" does not exist`;
  if (entryType === null) return null;
  const noun = nounOf(entryType);
  if (/does not exist/.test(message)) return `${noun} "${name}" does not exist`;
  return /already exists/.test(message) ? `${noun} "${name}" already exists` : null;
}

function nounOf(entryType: string): string {
  if (entryType === 'Table' || entryType === 'View') return 'relation';
  return entryType.endsWith('Function') ? 'function' : entryType.toLowerCase();
}

/** `<~~…~~>` back to `MEANS`. */
function withKeywords(text: string): string {
  return text.replace(/[<>~!@#%^&|*+=-]{5,}/g, (symbol) => keywordOf(symbol) ?? symbol);
}

/** 1-based, in UTF-16 units as JavaScript and the lexer count. */
function characterPosition(sql: string, byteOffset: number): number {
  return Buffer.from(sql, 'utf8').subarray(0, byteOffset).toString('utf8').length + 1;
}
