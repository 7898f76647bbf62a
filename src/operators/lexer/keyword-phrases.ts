import type { OperatorSet } from '../cascade/operator-set.ts';
import { isWord, tokenAt, type CodeToken } from './code-token.ts';

/** A keyword operator as the words that spell it. */
export interface KeywordPhrase {
  /** As in OperatorSet.patterns. */
  readonly keyword: string;
  readonly symbol: string;
  readonly words: readonly string[];
}

/** The keyword operators of a set, ready to be looked for. Worth keeping as long as the set is. */
export interface KeywordPhrases {
  /** By first word; longer phrases first. */
  readonly byFirstWord: ReadonlyMap<string, readonly KeywordPhrase[]>;
  /** True for every text that a rewrite could change, and for few others. */
  readonly mayOccur: RegExp;
}

const RESERVED_NAMES = ['ASC', 'DESC'];

export function keywordPhrases(operators: OperatorSet): KeywordPhrases {
  const phrases = [...operators.patterns.values()]
    .map(({ pattern }) => phraseOf(pattern.keyword, pattern.symbol))
    .sort((a, b) => b.words.length - a.words.length);
  return Object.freeze({
    byFirstWord: groupedByFirstWord(phrases),
    mayOccur: occurrence([...RESERVED_NAMES, ...phrases.map(longestWord)]),
  });
}

/** The longest phrase that is spelled from `index` on. */
export function phraseAt(
  phrases: KeywordPhrases,
  code: readonly CodeToken[],
  index: number,
): KeywordPhrase | undefined {
  const token = tokenAt(code, index);
  if (token.kind !== 'word') return undefined;
  const candidates = phrases.byFirstWord.get(token.text);
  return candidates?.find(({ words }) => words.every((word, at) => isWord(tokenAt(code, index + at), word)));
}

function phraseOf(keyword: string, symbol: string): KeywordPhrase {
  return Object.freeze({ keyword, symbol, words: Object.freeze(keyword.split(' ')) });
}

function groupedByFirstWord(
  phrases: readonly KeywordPhrase[],
): ReadonlyMap<string, readonly KeywordPhrase[]> {
  const groups = new Map<string, KeywordPhrase[]>();
  for (const phrase of phrases) {
    const [first = ''] = phrase.words;
    groups.set(first, [...(groups.get(first) ?? []), phrase]);
  }
  return groups;
}

function longestWord({ words }: KeywordPhrase): string {
  return words.reduce((longest, word) => (word.length > longest.length ? word : longest), '');
}

function occurrence(words: readonly string[]): RegExp {
  return new RegExp(`(?<![A-Za-z_$])(?:${[...new Set(words)].join('|')})(?![\\w$])`, 'i');
}
