/**
 * How a provider without a language model answers a cell. `none`: not at all. The others need no criterion:
 * `similarity` of two texts, the `sentiment` of one, and what can be told of many: an extractive `summary`, the
 * `central` text, `themes`, the `best` by the criterion, `outliers`, and the values without repetitions (`dedupe`).
 */
export const LOCAL_WAYS = Object.freeze([
  'none',
  'similarity',
  'sentiment',
  'summary',
  'central',
  'themes',
  'best',
  'outliers',
  'dedupe',
] as const);

export type LocalWay = (typeof LOCAL_WAYS)[number];
