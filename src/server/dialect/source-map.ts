/** Where a place in the translated text comes from. */
export interface SourceMap {
  /** The offset in the text that was given, for an offset in the text that was made; both count UTF-16 units. */
  toSource(offset: number): number | undefined;
}

export const IDENTITY_MAP: SourceMap = { toSource: (offset) => offset };

interface Token {
  readonly text: string;
  readonly at: number;
}

const TOKEN = /'(?:[^']|'')*'|"(?:[^"]|"")*"|\$\d+|[\p{L}_][\p{L}\p{N}_$]*|\d+(?:\.\d+)?|\S/gu;

/** Finds a token's occurrence among those of the same text: the n-th here is the n-th there, as far as both have as many. */
export function tokenMap(source: string, made: string): SourceMap {
  return {
    toSource(offset) {
      const madeTokens = tokensOf(made);
      const token = madeTokens.findLast(({ at }) => at <= offset);
      if (token === undefined) return undefined;
      const same = madeTokens.filter(({ text, at }) => text === token.text && at < token.at).length;
      const candidates = tokensOf(source).filter(({ text }) => text === token.text);
      return (candidates[same] ?? candidates.at(-1))?.at;
    },
  };
}

function tokensOf(text: string): readonly Token[] {
  return [...text.matchAll(TOKEN)].map((match) => ({ text: normal(match[0]), at: match.index }));
}

function normal(token: string): string {
  return /^[\p{L}_"]/u.test(token) ? token.replaceAll('"', '').toLowerCase() : token;
}
