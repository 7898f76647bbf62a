import { codeTokens, isSign, isWord, tokenAt, type CodeToken } from './code-token.ts';

export interface StatementText {
  /** Without the semicolon and surrounding space; comments in front belong to it. */
  readonly text: string;
  /** Where `text` begins in the whole, in UTF-16 units. */
  readonly start: number;
}

/**
 * The statements of a text, split at semicolons outside of lexemes, parentheses and BEGIN ATOMIC … END bodies. Pieces
 * of space and comments are dropped: an empty list says that the whole text is empty.
 */
export function splitStatements(sql: string): readonly StatementText[] {
  const code = codeTokens(sql);
  const statements: StatementText[] = [];
  const nesting = new Nesting();
  let start = 0;
  let first = 0;
  for (const [index, token] of code.entries()) {
    nesting.take(code, index);
    if (!isSign(token, ';') || nesting.open) continue;
    if (index > first) statements.push(piece(sql, start, token.start));
    start = token.end;
    first = index + 1;
    nesting.reset();
  }
  if (code.length > first) statements.push(piece(sql, start, sql.length));
  return statements;
}

function piece(sql: string, start: number, end: number): StatementText {
  const text = sql.slice(start, end);
  const trimmed = text.trimStart();
  return { text: trimmed.trimEnd(), start: start + text.length - trimmed.length };
}

/** How deep a token lies in parentheses and in the body of a BEGIN ATOMIC function. */
class Nesting {
  #parentheses = 0;
  /** BEGIN ATOMIC and CASE that wait for their END; none outside of a body. */
  #ends = 0;

  get open(): boolean {
    return this.#parentheses > 0 || this.#ends > 0;
  }

  reset(): void {
    this.#parentheses = 0;
    this.#ends = 0;
  }

  take(code: readonly CodeToken[], index: number): void {
    const token = tokenAt(code, index);
    if (isSign(token, '(')) this.#parentheses += 1;
    else if (isSign(token, ')')) this.#parentheses = Math.max(0, this.#parentheses - 1);
    else if (isWord(token, 'ATOMIC')) this.#ends += isWord(tokenAt(code, index - 1), 'BEGIN') ? 1 : 0;
    else if (this.#ends > 0 && isWord(token, 'CASE')) this.#ends += 1;
    else if (this.#ends > 0 && isWord(token, 'END')) this.#ends -= 1;
  }
}
