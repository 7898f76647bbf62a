/** A vector of few entries: `values[i]` stands at `indexes[i]`. */
export interface SparseVector {
  readonly indexes: Int32Array;
  readonly values: Float64Array;
}

/** Hashed words and marks share so many places. */
const BUCKETS = 2 ** 14;
/** Prior standard deviations of the log odds, by meaning and by words. */
const BY_MEANING = 6;
const BY_WORDS = 10;

const TOKEN = /[\p{L}\p{N}'£$€%!?]+/gu;

export function featureCount(dimensions: number): number {
  return 1 + dimensions + BUCKETS;
}

/** A text by its meaning, its words and pairs of words, and its looks: long numbers, capitals, currencies, length. */
export function textFeatures(text: string, vector: Float32Array): SparseVector {
  const marks = [...new Set(marksOf(text))];
  const indexes = new Int32Array(1 + vector.length + marks.length);
  const values = new Float64Array(indexes.length);
  values[0] = 1;
  for (let at = 0; at < vector.length; at += 1) {
    indexes[1 + at] = 1 + at;
    values[1 + at] = BY_MEANING * (vector[at] as number);
  }
  const weight = BY_WORDS / Math.sqrt(Math.max(1, marks.length));
  for (const [at, mark] of marks.entries()) {
    indexes[1 + vector.length + at] = 1 + vector.length + bucketOf(mark);
    values[1 + vector.length + at] = weight;
  }
  return { indexes, values };
}

function marksOf(text: string): readonly string[] {
  const words = text.toLowerCase().match(TOKEN) ?? [];
  const pairs = words.slice(1).map((word, at) => `${words[at] ?? ''} ${word}`);
  return [...words, ...pairs, ...looksOf(text)];
}

function looksOf(text: string): readonly string[] {
  const looks: readonly (readonly [string, RegExp])[] = [
    ['#digits', /\p{N}/u],
    ['#number', /\p{N}{5,}/u],
    ['#currency', /[£$€]/u],
    ['#capitals', /\p{Lu}{3,}/u],
    ['#question', /\?/u],
    ['#shout', /!/u],
  ];
  const length = `#length ${Math.floor(Math.log2(text.length + 1))}`;
  return [length, ...looks.filter(([, pattern]) => pattern.test(text)).map(([name]) => name)];
}

/** FNV-1a. */
function bucketOf(mark: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < mark.length; at += 1) hash = Math.imul(hash ^ mark.charCodeAt(at), 0x01000193);
  return (hash >>> 0) % BUCKETS;
}
