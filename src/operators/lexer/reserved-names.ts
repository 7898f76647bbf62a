import type { ClauseTracker } from './clause-tracker.ts';
import { isWord, tokenAt, type CodeToken } from './code-token.ts';
import { isReserved } from './keywords.ts';
import type { TextEdit } from './source-map.ts';

/**
 * `desc` and `asc` are reserved in PostgreSQL and in DuckDB. Where the word that is next can be no sort direction it
 * is a name, and the edit that quotes it is given; undefined where the word keeps its meaning:
 * - behind an operand of ORDER BY or of an index: a direction (`ORDER BY desc desc` has one of each);
 * - DESC at the head of a statement, behind EXPLAIN, or in `FROM (DESC t)`: DuckDB's DESCRIBE.
 */
export function reservedNameEdit(
  sql: string,
  code: readonly CodeToken[],
  tracker: ClauseTracker,
): TextEdit | undefined {
  const token = tokenAt(code, tracker.index);
  if (!isWord(token, 'ASC', 'DESC') || tracker.directionCanStand) return undefined;
  if (token.text === 'DESC' && describes(code, tracker)) return undefined;
  return { start: token.start, end: token.end, text: quoted(sql, token) };
}

function describes(code: readonly CodeToken[], tracker: ClauseTracker): boolean {
  if (!tracker.atStart) return false;
  if (tracker.atTopLevel) return true;
  return tracker.place === 'relation' && isDescribable(tokenAt(code, tracker.index + 1));
}

function isDescribable(token: CodeToken): boolean {
  if (token.kind !== 'word') return token.kind === 'quoted_name' || token.kind === 'string';
  return !isReserved(token.text) || isWord(token, 'SELECT', 'FROM', 'WITH', 'TABLE');
}

/** Two quoted names side by side would be one. */
function quoted(sql: string, { start, end, text }: CodeToken): string {
  const before = sql[start - 1] === '"' ? ' ' : '';
  const after = sql[end] === '"' ? ' ' : '';
  return `${before}"${text.toLowerCase()}"${after}`;
}
