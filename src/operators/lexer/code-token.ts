import type { Token, TokenKind } from './token.ts';
import { scanToken } from './tokenize.ts';

/** A token that means something: neither space nor comment. */
export interface CodeToken extends Token {
  /** A word in upper case; an operator or punctuation as it is; empty for every other kind. */
  readonly text: string;
}

/** What stands before the first and behind the last token. */
export const NO_TOKEN: CodeToken = Object.freeze({ kind: 'punctuation', start: 0, end: 0, text: '' });

export function codeTokens(sql: string): readonly CodeToken[] {
  const code: CodeToken[] = [];
  for (let at = 0; at < sql.length;) {
    const { kind, start, end } = scanToken(sql, at);
    if (kind !== 'space' && kind !== 'comment') {
      code.push({ kind, start, end, text: textOf(sql, kind, start, end) });
    }
    at = end;
  }
  return code;
}

/** The first of the code tokens that is not the punctuation given, without a look at the rest of the text. */
export function firstCodeToken(sql: string, ...passed: readonly string[]): CodeToken {
  for (let at = 0; at < sql.length;) {
    const { kind, start, end } = scanToken(sql, at);
    const text = textOf(sql, kind, start, end);
    if (kind !== 'space' && kind !== 'comment' && !passed.includes(text)) return { kind, start, end, text };
    at = end;
  }
  return NO_TOKEN;
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
  for (let at = 0; at < word.length; at += 1) {
    if (word.charCodeAt(at) > 127) return word;
  }
  return word.toUpperCase();
}
