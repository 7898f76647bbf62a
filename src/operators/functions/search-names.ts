/** Macros that the searches are made of. The blank keeps them from users' functions. */
export const SEARCH_NAMES = Object.freeze({
  /** The vector of a text, and a vector as it is. */
  vectorOf: 'vector of',
  /** The words of a text, lower case, without accents. */
  wordsOf: 'words of',
  /** BM25 of a text's words for a query's, with the weight of each word of the query and the average length. */
  keywordScore: 'keyword score',
  /** The text that stands for all that mean the same; any other value as it is. */
  meaningOf: 'meaning of',
});
