import type { DuckDBType } from '@duckdb/node-api';
import { codeTokens } from '../../operators/lexer/code-token.ts';
import { applyEdits, type RewrittenText } from '../../operators/lexer/source-map.ts';
import type { BoundParameters } from './bound-parameters.ts';

/** The statement with a cast around each `$n` whose type is given, by position. */
export function castParameters(sql: string, types: readonly (DuckDBType | undefined)[]): RewrittenText {
  const textOf = (parameter: string, at: number): string | undefined =>
    types[at] === undefined ? undefined : `CAST(${parameter} AS ${String(types[at])})`;
  return replaceParameters(sql, textOf);
}

/** The statement with a NULL of its type in the place of each `$n`: it has the columns of the statement, and no parameters. */
export function withoutParameters(sql: string, types: readonly (DuckDBType | undefined)[]): string {
  return replaceParameters(sql, (_, at) => `CAST(NULL AS ${String(types[at] ?? 'VARCHAR')})`).sql;
}

/** Where each `$n` stands, by position. */
export function parameterOffsets(sql: string): readonly (readonly number[])[] {
  const offsets: number[][] = [];
  for (const { kind, start, end } of codeTokens(sql)) {
    if (kind === 'parameter') (offsets[Number(sql.slice(start + 1, end)) - 1] ??= []).push(start);
  }
  return offsets;
}

/**
 * The statement with a NULL of its type for each `$n` that is NULL: DuckDB takes a NULL that is bound for an integer,
 * whatever it is cast to, and finds other functions and gives other columns than were described. The parameter stays
 * mentioned, so that the others keep their places.
 */
export function typeNulls(sql: string, { values, types }: BoundParameters): RewrittenText {
  return replaceParameters(sql, (parameter, at) => {
    const type = types[at];
    if (type === undefined || values[at] !== null) return undefined;
    return `(CASE WHEN ${parameter} IS NULL THEN CAST(NULL AS ${String(type)}) END)`;
  });
}

function replaceParameters(
  sql: string,
  textOf: (parameter: string, at: number) => string | undefined,
): RewrittenText {
  const edits = codeTokens(sql).flatMap(({ kind, start, end }) => {
    if (kind !== 'parameter') return [];
    const parameter = sql.slice(start, end);
    const text = textOf(parameter, Number(parameter.slice(1)) - 1);
    return text === undefined ? [] : [{ start, end, text }];
  });
  return applyEdits(sql, edits);
}
