import { isDeepStrictEqual } from 'node:util';

type Check = (value: unknown, bound: unknown) => boolean;

/** What a test case may ask of an answer that has many right forms, by key. */
const CHECKS: ReadonlyMap<string, Check> = Object.freeze(
  new Map<string, Check>([
    ['min', (value, bound) => typeof value === 'number' && value >= Number(bound)],
    ['max', (value, bound) => typeof value === 'number' && value <= Number(bound)],
    ['contains', (value, part) => plain(value).includes(plain(part))],
    ['lacks', (value, part) => !plain(value).includes(plain(part))],
    ['min_words', (value, bound) => wordsOf(value) >= Number(bound)],
    ['max_words', (value, bound) => wordsOf(value) <= Number(bound)],
    ['max_items', (value, bound) => Array.isArray(value) && value.length <= Number(bound)],
  ]),
);

/**
 * Whether an answer is what a test case expects: the same value (of texts, white space around them and case do not
 * count), an object with at least the keys that are named, or, where the answer is none, what CHECKS ask.
 */
export function meets(value: unknown, expected: unknown): boolean {
  if (typeof expected === 'string' && typeof value === 'string') return plain(value) === plain(expected);
  if (!isObject(expected)) return isDeepStrictEqual(value, expected);
  const entries = Object.entries(expected);
  if (isObject(value)) return entries.every(([key, wanted]) => meets(value[key], wanted));
  return entries.every(([key, bound]) => CHECKS.get(key)?.(value, bound) === true);
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function plain(value: unknown): string {
  return (typeof value === 'string' ? value : JSON.stringify(value)).trim().toLowerCase();
}

function wordsOf(value: unknown): number {
  return typeof value === 'string' ? value.split(/\s+/).filter((word) => word !== '').length : Number.NaN;
}
