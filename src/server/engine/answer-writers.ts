import { ARRAY, BOOLEAN, DOUBLE, FLOAT, type DuckDBType, type DuckDBVector, VARCHAR } from '@duckdb/node-api';
import { isText } from '../../operators/evaluation/argument-value.ts';
import { floatArrayWriter } from './float-array-writer.ts';
import type { WriteAnswer } from './semantic-function.ts';

export interface ResultKind {
  readonly type: DuckDBType;
  readonly write: WriteAnswer;
  /** The function gives JSON that DuckDB casts to the declared type. */
  readonly cast: boolean;
}

/** How answers of a DuckDB type leave a semantic function. */
export function resultOf(returns: string): ResultKind {
  const name = returns.toUpperCase();
  if (name === 'BOOLEAN' || name === 'BOOL') return { type: BOOLEAN, write: writeValue, cast: false };
  if (name === 'DOUBLE' || name === 'FLOAT8') return { type: DOUBLE, write: writeValue, cast: false };
  const length = /^FLOAT\[(\d+)\]$/.exec(name)?.[1];
  if (length !== undefined) {
    const write = floatArrayWriter(Number(length));
    return { type: ARRAY(FLOAT, Number(length)), write, cast: false };
  }
  if (isText(name)) return { type: VARCHAR, write: writeText, cast: false };
  return { type: VARCHAR, write: writeJson, cast: true };
}

function writeValue(out: DuckDBVector, row: number, value: unknown): void {
  out.setItem(row, value as never);
}

function writeText(out: DuckDBVector, row: number, value: unknown): void {
  out.setItem(row, (value === null || typeof value === 'string' ? value : JSON.stringify(value)) as never);
}

function writeJson(out: DuckDBVector, row: number, value: unknown): void {
  out.setItem(row, (value === null ? null : JSON.stringify(value)) as never);
}
