import type { Token, TokenKind } from './token.ts';
import { tokenize } from './tokenize.ts';

/** A token that means something: neither space nor comment. */
export interface CodeToken extends Token {
  /** A word in upper case; an operator or punctuation as it is; empty for every other kind. */
  readonly text: string;
}

/** What stands before the first and behind the last token. */
export const NO_TOKEN: CodeToken = Object.freeze({ kind: 'punctuation', start: 0, end: 0, text: '' });

export function codeTokens(sql: string, tokens: readonly Token[] = tokenize(sql)): readonly CodeToken[] {
  const code: CodeToken[] = [];
  for (const { kind, start, end } of tokens) {
    if (kind !== 'space' && kind !== 'comment')
      code.push({ kind, start, end, text: textOf(sql, kind, start, end) });
  }
  return code;
}

export function isWord(token: CodeToken, ...words: readonly string[]): boolean {
  return token.kind === 'word' && words.includes(token.text);
}

export function isSign(token: CodeToken, sign: string): boolean {
  return token.kind === 'punctuation' && token.text === sign;
}

/** The token at an index, or NO_TOKEN outside the text. */
export function tokenAt(code: readonly CodeToken[], index: number): CodeToken {
  return code[index] ?? NO_TOKEN;
}

function textOf(sql: string, kind: TokenKind, start: number, end: number): string {
  if (kind === 'word') return upperCase(sql.slice(start, end));
  return kind === 'operator' || kind === 'punctuation' ? sql.slice(start, end) : '';
}

/** A word with letters beyond ASCII is no keyword, though its upper case may be spelled like one. */
function upperCase(word: string): string {
  return /^[\w$]*$/.test(word) ? word.toUpperCase() : word;
}
