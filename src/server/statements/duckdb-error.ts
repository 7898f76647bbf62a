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
  const hint = rest.join('\n').trim();
  return new SqlError(sqlStateOf(report), postgresWording(report) ?? first, {
    ...(hint === '' ? {} : { hint }),
    ...(report.byteOffset === null ? {} : { position: characterPosition(sql, report.byteOffset) }),
    cause: error,
  });
}

/** Where PostgreSQL has words that clients look for. */
function postgresWording(report: DuckDBReport): string | null {
  const { entryType, entryName, message } = report;
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
