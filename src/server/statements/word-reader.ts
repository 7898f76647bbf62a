import type { SqlError } from '../../errors.ts';
import { type CodeToken, codeTokens, isSign, isWord, tokenAt } from '../../operators/lexer/code-token.ts';
import { literalValue } from './literal-value.ts';
import { errorAt, type SourceStatement } from './source-statement.ts';

/** Reads the words of a utility statement from left to right. */
export class WordReader {
  readonly code: readonly CodeToken[];
  #at = 0;

  constructor(readonly statement: SourceStatement) {
    this.code = codeTokens(statement.text).filter((token) => !isSign(token, ';'));
  }

  get next(): CodeToken {
    return tokenAt(this.code, this.#at);
  }

  get atEnd(): boolean {
    return this.#at >= this.code.length;
  }

  /** Where the next token begins; the text's end behind the last one. */
  get offset(): number {
    return this.atEnd ? this.statement.text.length : this.next.start;
  }

  /** Takes the words, if all of them come next. */
  accept(...words: readonly string[]): boolean {
    const all = words.every((word, index) => isWord(tokenAt(this.code, this.#at + index), word));
    if (all) this.#at += words.length;
    return all;
  }

  acceptSign(sign: string): boolean {
    const { kind, text } = this.next;
    if ((kind !== 'punctuation' && kind !== 'operator') || text !== sign || this.atEnd) return false;
    this.#at += 1;
    return true;
  }

  expect(...words: readonly string[]): void {
    if (!this.accept(...words)) throw this.syntaxError();
  }

  expectSign(sign: string): void {
    if (!this.acceptSign(sign)) throw this.syntaxError();
  }

  /** A name: folded to lower case unless it is quoted. */
  name(): string {
    const { kind } = this.next;
    if (kind !== 'word' && kind !== 'quoted_name') throw this.syntaxError();
    const text = this.take();
    return kind === 'word' ? text.toLowerCase() : text.slice(1, -1).replaceAll('""', '"');
  }

  /** The value of a string. */
  string(): string {
    if (this.next.kind !== 'string') throw this.syntaxError();
    return literalValue(this.take());
  }

  /** A word, string or number as the value it stands for. */
  value(): string {
    const sign = this.acceptSign('-') ? '-' : (this.acceptSign('+'), '');
    const { kind } = this.next;
    if (kind === 'string') return this.string();
    if (kind === 'number') return sign + this.take();
    if (kind === 'quoted_name') return this.name();
    if (kind !== 'word') throw this.syntaxError();
    return this.take();
  }

  /** The next token as it is written. */
  take(): string {
    if (this.atEnd) throw this.syntaxError();
    const { start, end } = this.next;
    this.#at += 1;
    return this.statement.text.slice(start, end);
  }

  /** Passes a bracket and what it holds; gives the text between. */
  bracketed(): string {
    const { start } = this.next;
    this.expectSign('(');
    let depth = 1;
    for (; depth > 0; this.#at += 1) {
      if (this.atEnd) throw this.syntaxError();
      if (isSign(this.next, '(')) depth += 1;
      if (isSign(this.next, ')')) depth -= 1;
    }
    return this.statement.text.slice(start + 1, tokenAt(this.code, this.#at - 1).start);
  }

  /** Everything from here to the end, as a statement of its own. */
  rest(): SourceStatement {
    const { offset } = this;
    this.#at = this.code.length;
    return { text: this.statement.text.slice(offset), start: this.statement.start + offset };
  }

  end(): void {
    if (!this.atEnd) throw this.syntaxError();
  }

  syntaxError(): SqlError {
    const { start, end } = this.next;
    const message = this.atEnd
      ? 'syntax error at end of input'
      : `syntax error at or near "${this.statement.text.slice(start, end)}"`;
    return errorAt(this.statement, this.offset, '42601', message);
  }
}
