import { dot } from '../vectors.ts';
import { overlap } from './distinct-words.ts';
import { weightedSum } from './weighted-sum.ts';

/** A text by its meaning and by its words. */
export interface Features {
  readonly vector: Float32Array;
  readonly words: ReadonlySet<string>;
}

/** How alike two texts are: prior variances of what they share by meaning, by words, and in any case. */
export interface Likeness {
  readonly meaning: number;
  readonly words: number;
  readonly bias: number;
  /** Vectors are seen from here. */
  readonly center: Float32Array;
}

/** Inner products of all pairs. Symmetric, positive semidefinite. */
export function likenesses(texts: readonly Features[], likeness: Likeness): readonly Float64Array[] {
  const { meaning, words, bias, center } = likeness;
  const length = dot(center, center);
  const offsets = texts.map(({ vector }) => dot(vector, center));
  return texts.map((a, i) =>
    Float64Array.from(texts, (b, j) => {
      const near = dot(a.vector, b.vector) - (offsets[i] as number) - (offsets[j] as number) + length;
      return bias + meaning * near + words * overlap(a.words, b.words);
    }),
  );
}

/** Σ coefficientᵢ · likeness(·, textᵢ), with the sums over the texts taken once. */
export function combination(
  texts: readonly Features[],
  coefficients: readonly number[],
  { meaning, words, bias, center }: Likeness,
): (text: Features) => number {
  const total = coefficients.reduce((sum, value) => sum + value, 0);
  const towards = weightedSum([...texts.map(({ vector }) => vector), center], [...coefficients, -total]);
  const offset = bias * total - meaning * dot(towards, center);
  const ofWords = wordWeights(texts, coefficients);
  return (text) => offset + meaning * dot(text.vector, towards) + words * weightOf(text.words, ofWords);
}

function wordWeights(
  texts: readonly Features[],
  coefficients: readonly number[],
): ReadonlyMap<string, number> {
  const weights = new Map<string, number>();
  for (const [i, { words }] of texts.entries()) {
    const share = (coefficients[i] as number) / Math.sqrt(words.size);
    for (const word of words) weights.set(word, (weights.get(word) ?? 0) + share);
  }
  return weights;
}

function weightOf(words: ReadonlySet<string>, weights: ReadonlyMap<string, number>): number {
  let sum = 0;
  for (const word of words) sum += weights.get(word) ?? 0;
  return sum === 0 ? 0 : sum / Math.sqrt(words.size);
}
