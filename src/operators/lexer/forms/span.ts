import { matchingEnd } from '../brackets.ts';
import { isSign, isWord, tokenAt, type CodeToken } from '../code-token.ts';

/** A run of a statement's tokens. Indexes count from its first token; frozen. */
export class Span {
  constructor(
    private readonly sql: string,
    readonly code: readonly CodeToken[],
  ) {
    Object.freeze(this);
  }

  get length(): number {
    return this.code.length;
  }

  /** The text from the first to the last token, with the space and comments in between. */
  get text(): string {
    return this.sql.slice(this.at(0).start, this.at(this.length - 1).end);
  }

  at(index: number): CodeToken {
    return tokenAt(this.code, index);
  }

  isWord(index: number, ...words: readonly string[]): boolean {
    return isWord(this.at(index), ...words);
  }

  isSign(index: number, sign: string): boolean {
    return isSign(this.at(index), sign);
  }

  slice(from: number, to: number = this.length): Span {
    return new Span(this.sql, this.code.slice(from, to));
  }

  /** Index behind the bracket that closes the one at `index`. */
  closing(index: number): number {
    return matchingEnd(this.code, index);
  }

  /** What the brackets at `index` hold. */
  inside(index: number): Span {
    return this.slice(index + 1, this.closing(index) - 1);
  }

  /** Index of the first token from `from` on, outside of brackets and CASE … END, that satisfies; the length if none. */
  find(from: number, satisfies: (token: CodeToken, index: number) => boolean): number {
    let cases = 0;
    for (let at = from; at < this.length; at += 1) {
      if (cases === 0 && satisfies(this.at(at), at)) return at;
      if (this.isWord(at, 'CASE')) cases += 1;
      else if (this.isWord(at, 'END')) cases = Math.max(0, cases - 1);
      else if (this.isSign(at, '(') || this.isSign(at, '[') || this.isSign(at, '{'))
        at = this.closing(at) - 1;
    }
    return this.length;
  }

  /** As `find`, for a word that heads a clause: the FROM of IS DISTINCT FROM and names behind a dot are none. */
  findWord(from: number, ...words: readonly string[]): number {
    return this.find(
      from,
      (token, at) => isWord(token, ...words) && !this.isSign(at - 1, '.') && !this.isWord(at - 1, 'DISTINCT'),
    );
  }

  /** The parts between commas that stand outside of brackets; none of an empty span. */
  split(): readonly Span[] {
    const parts: Span[] = [];
    for (let from = 0; from < this.length;) {
      const comma = this.find(from, (token) => isSign(token, ','));
      parts.push(this.slice(from, comma));
      from = comma + 1;
    }
    return parts;
  }
}
