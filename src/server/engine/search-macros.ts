import { SEARCH_NAMES } from '../../operators/functions/search-names.ts';

/** BM25: how soon repetitions of a word stop counting, and how much long texts are held back. */
const K1 = 1.2;
const B = 0.75;

const HITS = 'len(list_filter(words, lambda word: word = pair[1]))';
const LENGTH = `${K1} * (${1 - B} + ${B} * len(words) / average)`;

/** Definitions of the macros of keyword search, by name. */
export const SEARCH_MACROS: ReadonlyMap<string, string> = Object.freeze(
  new Map([
    [
      SEARCH_NAMES.wordsOf,
      "(x) AS regexp_extract_all(lower(strip_accents(CAST(x AS VARCHAR))), '[\\p{L}\\p{N}]+')",
    ],
    [
      SEARCH_NAMES.keywordScore,
      `(words, asked, weights, average) AS list_sum(list_transform(list_zip(asked, weights),
         lambda pair: pair[2] * ${HITS} * ${K1 + 1} / (${HITS} + ${LENGTH})))`,
    ],
  ]),
);

/** Texts in their canonical form, for SEMANTIC DISTINCT. */
export const MEANING_MACRO = '(x VARCHAR) AS canonical(x), (x) AS x';

/** `"vector of"(x)` for the vectors that a function makes of texts. */
export function vectorMacro(makes: string, type: string): string {
  const list = `(x ${type.replace(/\d+/, '')}) AS CAST(x AS ${type})`;
  return `(x VARCHAR) AS ${makes}(x), (x ${type}) AS x, ${list}`;
}
