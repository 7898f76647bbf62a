export type TokenKind =
  | 'space'
  | 'comment'
  | 'word'
  | 'quoted_name'
  | 'string'
  | 'number'
  | 'parameter'
  | 'operator'
  | 'punctuation'
  | 'unterminated';

/**
 * One lexeme. `start` and `end` count UTF-16 units; the tokens of a text cover it without gap or overlap. A string,
 * name, dollar quote or block comment whose end is missing is `unterminated` and reaches to the end of the text.
 */
export interface Token {
  readonly kind: TokenKind;
  readonly start: number;
  readonly end: number;
}

/** What a scanner answers where the lexeme has no end. */
export const UNTERMINATED = -1;
