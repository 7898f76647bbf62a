import { SqlError } from '../../errors.ts';
import { codeTokens, type CodeToken, isSign, isWord, tokenAt } from '../../operators/lexer/code-token.ts';
import { CLOSED_RELATIONS, CLOSED_SCALARS, FILE_READERS, REPLACEMENTS } from './closed-names.ts';

/** What the statement of a role that is no superuser is held to. */
export interface StatementLimits {
  /** Functions of DuckDB that are closed, lower case. */
  readonly closed: ReadonlySet<string>;
  /** All functions that DuckDB and the server bring along, lower case: nobody hides one behind a macro. */
  readonly internal: ReadonlySet<string>;
  readonly readsFiles: boolean;
}

/**
 * Throws SqlError 42501 where a statement, as DuckDB is to get it, calls what is closed. Names are looked at, and not the
 * plan: DuckDB opens files while it makes a plan. Views and macros were looked at when they were made.
 */
export function guardStatement(sql: string, limits: StatementLimits): void {
  const code = codeTokens(sql);
  code.forEach((token, at) => {
    const name = nameOf(sql, token);
    if (name === null) return;
    if (isSign(tokenAt(code, at + 1), '(')) requireOpenFunction(code, at, name, limits);
    if (CLOSED_RELATIONS.has(name) && !isOfCatalogue(sql, code, at)) throw denied(name);
  });
  if (isWord(tokenAt(code, 0), 'CREATE', 'DROP', 'ALTER')) guardDefinition(sql, code, limits);
}

function requireOpenFunction(
  code: readonly CodeToken[],
  at: number,
  name: string,
  { closed, readsFiles }: StatementLimits,
): void {
  if (name === 'current_setting' && isSign(tokenAt(code, at - 1), '.') && isWord(tokenAt(code, at - 2), 'PG'))
    return;
  if (readsFiles && FILE_READERS.has(name)) return;
  if (name === 'current_setting' || name.startsWith('__rvbbit') || closed.has(name)) throw denied(name);
  if (CLOSED_SCALARS.includes(name)) throw denied(name);
}

/** What stands in the place of files must stay there, and a macro must not pass for a function of the server. */
function guardDefinition(sql: string, code: readonly CodeToken[], { internal }: StatementLimits): void {
  const names = code.map((token) => nameOf(sql, token));
  const shadow = names.find((name) => name !== null && REPLACEMENTS.includes(name));
  if (shadow !== undefined && shadow !== null) throw denied(shadow);
  const macro = code.findIndex((token) => isWord(token, 'MACRO', 'FUNCTION'));
  if (macro < 0) return;
  const opening = code.findIndex((token, at) => at > macro && isSign(token, '('));
  const name = names[opening < 0 ? code.length - 1 : opening - 1] ?? '';
  if (internal.has(name)) throw denied(name);
}

/** `rvbbit_catalog.pg.pg_settings` shows the session's own settings. */
function isOfCatalogue(sql: string, code: readonly CodeToken[], at: number): boolean {
  const schema = nameOf(sql, tokenAt(code, at - 2));
  return isSign(tokenAt(code, at - 1), '.') && schema === 'pg';
}

function nameOf(sql: string, { kind, start, end }: CodeToken): string | null {
  if (kind === 'word') return sql.slice(start, end).toLowerCase();
  return kind === 'quoted_name'
    ? sql
        .slice(start + 1, end - 1)
        .replaceAll('""', '"')
        .toLowerCase()
    : null;
}

function denied(name: string): SqlError {
  const hint = FILE_READERS.has(name)
    ? 'GRANT pg_read_server_files TO the role opens it.'
    : 'A superuser may use it.';
  return new SqlError('42501', `permission denied for function ${name}`, { hint });
}
