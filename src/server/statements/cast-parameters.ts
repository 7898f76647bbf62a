import type { DuckDBType } from '@duckdb/node-api';
import { codeTokens } from '../../operators/lexer/code-token.ts';
import { applyEdits } from '../../operators/lexer/source-map.ts';

/** The statement with a cast around each `$n` whose type is given, by position. */
export function castParameters(sql: string, types: readonly (DuckDBType | undefined)[]): string {
  const edits = codeTokens(sql).flatMap(({ kind, start, end }) => {
    const type = kind === 'parameter' ? types[Number(sql.slice(start + 1, end)) - 1] : undefined;
    return type === undefined
      ? []
      : [{ start, end, text: `CAST(${sql.slice(start, end)} AS ${String(type)})` }];
  });
  return applyEdits(sql, edits).sql;
}
