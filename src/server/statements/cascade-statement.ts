import { SqlError } from '../../errors.ts';
import { codeTokens, isWord, tokenAt, type CodeToken } from '../../operators/lexer/code-token.ts';
import { stringLiteral } from '../engine/identifier.ts';

/**
 * `CREATE [OR REPLACE] CASCADE [name] AS $$yaml$$`, `DROP CASCADE name` and `SHOW CASCADES` as queries of the functions
 * that do it; null for every other statement. Throws SqlError 42601 where something is missing.
 */
export function cascadeStatement(sql: string): string | null {
  if (!/^\s*(CREATE|DROP|SHOW)\b[\s\S]*\bCASCADES?\b/i.test(sql)) return null;
  const code = codeTokens(sql).filter((token) => token.text !== ';');
  if (isWord(tokenAt(code, 0), 'SHOW')) return shows(code) ? 'SELECT * FROM rvbbit_cascades()' : null;
  if (isWord(tokenAt(code, 0), 'DROP') && isWord(tokenAt(code, 1), 'CASCADE')) return dropped(sql, code);
  const at = isWord(tokenAt(code, 1), 'OR') && isWord(tokenAt(code, 2), 'REPLACE') ? 3 : 1;
  return isWord(tokenAt(code, at), 'CASCADE') ? created(sql, code) : null;
}

function shows(code: readonly CodeToken[]): boolean {
  return code.length === 2 && isWord(tokenAt(code, 1), 'CASCADES');
}

function created(sql: string, code: readonly CodeToken[]): string {
  const last = code.at(-1);
  if (last?.kind !== 'string' || !isWord(tokenAt(code, code.length - 2), 'AS')) {
    throw new SqlError('42601', 'CREATE CASCADE needs AS and the text of the cascade', {
      hint: 'Write it as CREATE CASCADE AS $$cascade_id: … $$.',
    });
  }
  return `SELECT rvbbit_create_cascade(${sql.slice(last.start, last.end)}) AS cascade_id`;
}

function dropped(sql: string, code: readonly CodeToken[]): string {
  const first = tokenAt(code, 2);
  const last = code.at(-1);
  if (code.length < 3 || last === undefined) {
    throw new SqlError('42601', 'DROP CASCADE needs a name', { hint: 'SHOW CASCADES lists them.' });
  }
  const name = sql.slice(first.start, last.end).replaceAll(/^["']|["']$/g, '');
  return `SELECT rvbbit_drop_cascade(${stringLiteral(name)}) AS cascade_id`;
}
