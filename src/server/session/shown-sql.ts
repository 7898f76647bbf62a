import { codeTokens, type CodeToken, isWord, tokenAt } from '../../operators/lexer/code-token.ts';

const MASK = "'********'";

/** Nothing else can hold a secret: most statements are told apart by this alone. */
const SUSPECT = /password|secret|token|credential|_key|attach|:\/\//i;

/** Of a setting or an option whose value is a secret. */
const SECRET_NAME = /password|secret|token|credential|access_key|api_key/i;

/** The text of a statement as logs, pg_stat_activity and the Studio show it: passwords and keys are struck out. */
export function shownSql(sql: string): string {
  if (!SUSPECT.test(sql)) return sql;
  const code = codeTokens(sql);
  const whole = holdsSecrets(code);
  let shown = '';
  let at = 0;
  code.forEach((token, index) => {
    if (token.kind !== 'string' && token.kind !== 'unterminated') return;
    const text = sql.slice(token.start, token.end);
    const mask = whole || followsSecretName(sql, code, index) ? MASK : withoutPassword(text);
    shown += sql.slice(at, token.start) + mask;
    at = token.end;
  });
  return shown + sql.slice(at);
}

/** CREATE SECRET, and ATTACH, whose connection strings have passwords in forms of their own. */
function holdsSecrets(code: readonly CodeToken[]): boolean {
  if (isWord(tokenAt(code, 0), 'ATTACH')) return true;
  return isWord(tokenAt(code, 0), 'CREATE') && code.slice(1, 5).some((token) => isWord(token, 'SECRET'));
}

/** `PASSWORD '…'`, `SET s3_secret_access_key = '…'`, `SET name TO '…'`. */
function followsSecretName(sql: string, code: readonly CodeToken[], at: number): boolean {
  const before = tokenAt(code, at - 1);
  const named = before.text === '=' || isWord(before, 'TO') ? tokenAt(code, at - 2) : before;
  if (named.kind !== 'word' && named.kind !== 'quoted_name') return false;
  return SECRET_NAME.test(sql.slice(named.start, named.end));
}

/** `postgres://ada:secret@host/db` → `postgres://ada:********@host/db` */
function withoutPassword(text: string): string {
  return text.replace(/(\b[a-z][a-z0-9+.-]*:\/\/[^\s:@/']*:)[^\s@']+@/gi, '$1********@');
}
