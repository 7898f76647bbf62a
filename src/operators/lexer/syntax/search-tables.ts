import { SqlError } from '../../../errors.ts';
import { SEARCH_NAMES } from '../../functions/search-names.ts';
import { isWord, tokenAt, type CodeToken } from '../code-token.ts';
import { isReserved } from '../keywords.ts';
import type { TextEdit } from '../source-map.ts';
import { standsInFrom } from '../stands-in-from.ts';
import { callParts } from './call-parts.ts';
import type { SyntaxForm } from './syntax-form.ts';

interface Search {
  /** Expressions and names, as they are written. */
  readonly query: string;
  readonly table: string;
  readonly column: string;
  readonly count: string;
  /** `WHERE …` over the scores. */
  readonly where: string;
}

const { vectorOf, wordsOf, keywordScore } = SEARCH_NAMES;
/** Reciprocal rank fusion: how little the first ranks stand out. */
const RANK_OFFSET = 60;

const SEARCHES: ReadonlyMap<string, (search: Search) => string> = Object.freeze(
  new Map([
    ['VECTOR_SEARCH', vectorSearch],
    ['KEYWORD_SEARCH', keywordSearch],
    ['HYBRID_SEARCH', hybridSearch],
  ]),
);

/**
 * `FROM VECTOR_SEARCH('query', table.column, k [, least score])` as a subquery: the rows of the table with their
 * score, the best k first. The column holds texts or vectors.
 */
export const SEARCH_TABLES: SyntaxForm = Object.freeze({ words: () => [...SEARCHES.keys()], edit: editOf });

function editOf(sql: string, code: readonly CodeToken[], index: number): TextEdit | undefined {
  const token = tokenAt(code, index);
  const write = SEARCHES.get(token.text);
  const parts = write === undefined || !standsInFrom(code, index) ? undefined : callParts(sql, code, index);
  if (write === undefined || parts === undefined) return undefined;
  const text = write(searchOf(token.text, parts.args));
  const alias = hasAlias(tokenAt(code, parts.end)) ? '' : ` AS ${token.text.toLowerCase()}`;
  return { start: token.start, end: tokenAt(code, parts.end - 1).end, text: text + alias };
}

function searchOf(
  name: string,
  [query, place = '', count = '10', least, ...more]: readonly string[],
): Search {
  const [, table, column] = /^(.+)\.([^.]+|\s*"[^"]*")$/s.exec(place) ?? [];
  if (query === undefined || table === undefined || column === undefined || more.length > 0) {
    throw new SqlError('42601', `${name} takes a query, table.column, a count and a least score`, {
      hint: `Write it as FROM ${name}('query', table.column, 10).`,
    });
  }
  const where = least === undefined ? 'score IS NOT NULL' : `score >= ${least}`;
  return { query, table, column, count, where };
}

function vectorSearch(search: Search): string {
  return best(
    search,
    `SELECT *, ${cosine(search)} AS score FROM ${search.table} WHERE ${search.column} IS NOT NULL`,
  );
}

function keywordSearch(search: Search): string {
  const score = `nullif(${bm25(search)}, 0)`;
  return best(
    search,
    `SELECT searched.*, ${score} AS score FROM ${search.table} AS searched, ${statistics(search)}`,
  );
}

function hybridSearch(search: Search): string {
  const scored = `SELECT searched.*, ${cosine(search)} AS vector_score, nullif(${bm25(search)}, 0) AS keyword_score
    FROM ${search.table} AS searched, ${statistics(search)}`;
  const rank = (score: string): string =>
    `CASE WHEN ${score} IS NULL THEN 0 ELSE 1.0 / (${RANK_OFFSET} + rank() OVER (ORDER BY ${score} DESC NULLS LAST)) END`;
  const fused = `CAST(nullif(${rank('vector_score')} + ${rank('keyword_score')}, 0) AS DOUBLE PRECISION)`;
  return best(search, `SELECT *, ${fused} AS score FROM (${scored}) AS scored`);
}

function best({ count, where }: Search, rows: string): string {
  return `(SELECT * FROM (${rows} ORDER BY score DESC NULLS LAST LIMIT ${count}) AS ranked WHERE ${where})`;
}

/** A text without a known word has the zero vector, whose cosine is NaN. */
function cosine({ column, query }: Search): string {
  const value = `array_cosine_similarity("${vectorOf}"(${column}), embed(${query}))`;
  return `CAST(nullif(${value}, CAST('nan' AS REAL)) AS DOUBLE PRECISION)`;
}

function bm25({ column }: Search): string {
  return `"${keywordScore}"("${wordsOf}"(searched.${column}), found.words, found.weights, found.average)`;
}

/** The words of the query, how much each tells, and how long a text is on average. */
function statistics({ query, table, column }: Search): string {
  const texts = `SELECT "${wordsOf}"(${column}) AS words FROM ${table} WHERE ${column} IS NOT NULL`;
  const asked = `SELECT DISTINCT unnest("${wordsOf}"(${query})) AS word`;
  const counted = `SELECT asked.word, count(*) FILTER (WHERE list_contains(texts.words, asked.word)) AS having_it,
      count(*) AS total, avg(len(texts.words)) AS average
    FROM (${texts}) AS texts, (${asked}) AS asked GROUP BY asked.word`;
  return `(SELECT list(word ORDER BY word) AS words, max(average) AS average,
      list(ln(1 + (total - having_it + 0.5) / (having_it + 0.5)) ORDER BY word) AS weights
    FROM (${counted}) AS counted) AS found`;
}

function hasAlias(token: CodeToken): boolean {
  if (token.kind === 'quoted_name' || isWord(token, 'AS')) return true;
  const clause = [
    'WHERE',
    'GROUP',
    'ORDER',
    'LIMIT',
    'JOIN',
    'LEFT',
    'RIGHT',
    'FULL',
    'INNER',
    'CROSS',
    'ON',
    'USING',
  ];
  return token.kind === 'word' && !isReserved(token.text) && !clause.includes(token.text);
}
