/**
 * The operator symbol that stands for a keyword inside DuckDB. Three characters encode one character of the
 * keyword (base 4, six bits), so the symbol depends on nothing but the keyword and can be read back: a view that
 * was stored with it keeps its meaning in the next process and can be shown to people with the keyword.
 *
 * The characters are those that DuckDB's and PostgreSQL's lexers both take into an operator. A name that starts
 * with `~?` does not lex in DuckDB, and PostgreSQL allows at most 63 characters.
 */
const DIGITS = '~&|^';
const ALPHABET = ' ABCDEFGHIJKLMNOPQRSTUVWXYZ_0123456789';
const OPEN = '<~';
const CLOSE = '~>';

export const MAX_KEYWORD_LENGTH = 19;

/** `keyword` is upper case, made of A–Z, 0–9, _ and single spaces, at most 19 characters; otherwise undefined. */
export function symbolOf(keyword: string): string | undefined {
  if (keyword.length === 0 || keyword.length > MAX_KEYWORD_LENGTH) return undefined;
  let body = '';
  for (const character of keyword) {
    const code = ALPHABET.indexOf(character);
    if (code < 0) return undefined;
    body += digit(code >> 4) + digit((code >> 2) & 3) + digit(code & 3);
  }
  return OPEN + body + CLOSE;
}

/** The keyword behind a symbol; undefined where the operator is none of ours. */
export function keywordOf(symbol: string): string | undefined {
  if (!symbol.startsWith(OPEN) || !symbol.endsWith(CLOSE)) return undefined;
  const body = symbol.slice(OPEN.length, -CLOSE.length);
  if (body.length === 0 || body.length % 3 !== 0) return undefined;
  let keyword = '';
  for (let at = 0; at < body.length; at += 3) {
    const character = ALPHABET[valueOf(body, at) * 16 + valueOf(body, at + 1) * 4 + valueOf(body, at + 2)];
    if (character === undefined) return undefined;
    keyword += character;
  }
  return keyword;
}

function digit(value: number): string {
  return DIGITS.charAt(value);
}

function valueOf(body: string, at: number): number {
  return DIGITS.indexOf(body.charAt(at));
}
