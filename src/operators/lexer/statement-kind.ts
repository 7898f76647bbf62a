import { matchingEnd } from './brackets.ts';
import { codeTokens, firstCodeToken, isSign, isWord, tokenAt, type CodeToken } from './code-token.ts';
import { mainWordOfWith } from './common-table-expressions.ts';
import { kindOfFirstWord, type StatementKind } from './first-words.ts';

export type { StatementKind };

/** What the first statement of a text is; WITH counts as what it ends in, parentheses as what they hold. */
export function statementKind(sql: string | readonly CodeToken[]): StatementKind {
  if (typeof sql !== 'string') return kindOf(sql);
  const first = firstCodeToken(sql, '(', ';');
  return kindOfFirstWord(first.text) ?? kindOf(codeTokens(sql));
}

function kindOf(code: readonly CodeToken[]): StatementKind {
  const first = code.findIndex((token) => !isSign(token, '(') && !isSign(token, ';'));
  return first < 0 ? 'empty' : kindFrom(code, first);
}

function kindFrom(code: readonly CodeToken[], first: number): StatementKind {
  const token = tokenAt(code, first);
  if (token.kind !== 'word') return 'other';
  switch (token.text) {
    case 'WITH':
      return kindOfWith(code, first);
    case 'CREATE':
      return kindOfCreate(code, first);
    case 'COPY':
      return kindOfCopy(code, first);
    case 'ROLLBACK':
      return isRollbackTo(code, first + 1) ? 'rollback_to' : 'rollback';
    case 'START':
      return isWord(tokenAt(code, first + 1), 'TRANSACTION') ? 'begin' : 'other';
    case 'PREPARE':
      return isWord(tokenAt(code, first + 1), 'TRANSACTION') ? 'other' : 'prepare';
    case 'FORCE':
      return isWord(tokenAt(code, first + 1), 'CHECKPOINT') ? 'checkpoint' : 'other';
    default:
      return kindOfFirstWord(token.text) ?? 'other';
  }
}

function kindOfWith(code: readonly CodeToken[], first: number): StatementKind {
  const main = mainWordOfWith(code, first);
  return main < code.length ? statementKind(code.slice(main)) : 'other';
}

function kindOfCreate(code: readonly CodeToken[], first: number): StatementKind {
  const object = code.findIndex((token, at) => at > first && !isCreateOption(token));
  const { text } = tokenAt(code, object);
  if (text === 'VIEW') return 'create_view';
  if (text !== 'TABLE') return 'create';
  return createsFromQuery(code, object + 1) ? 'create_table_as' : 'create_table';
}

function isCreateOption(token: CodeToken): boolean {
  return isWord(
    token,
    'OR',
    'REPLACE',
    'TEMP',
    'TEMPORARY',
    'LOCAL',
    'GLOBAL',
    'UNLOGGED',
    'RECURSIVE',
    'PERSISTENT',
  );
}

/** Whether an AS stands outside of the parentheses behind the table's name. */
function createsFromQuery(code: readonly CodeToken[], name: number): boolean {
  for (let at = name; at < code.length; at += 1) {
    const token = tokenAt(code, at);
    if (isWord(token, 'AS')) return true;
    if (isSign(token, ';')) return false;
    if (isSign(token, '(')) at = matchingEnd(code, at) - 1;
  }
  return false;
}

function kindOfCopy(code: readonly CodeToken[], first: number): StatementKind {
  for (let at = first + 1; at < code.length; at += 1) {
    const token = tokenAt(code, at);
    if (isWord(token, 'TO')) return 'copy_to';
    if (isWord(token, 'FROM')) return isWord(tokenAt(code, at + 1), 'DATABASE') ? 'other' : 'copy_from';
    if (isSign(token, '(')) at = matchingEnd(code, at) - 1;
  }
  return 'other';
}

function isRollbackTo(code: readonly CodeToken[], next: number): boolean {
  const at = isWord(tokenAt(code, next), 'WORK', 'TRANSACTION') ? next + 1 : next;
  return isWord(tokenAt(code, at), 'TO');
}
