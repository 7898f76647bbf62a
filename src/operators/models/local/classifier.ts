import { dot } from '../vectors.ts';
import { overlap } from './distinct-words.ts';
import { fitKernelLogistic } from './kernel-logistic.ts';
import { weightedSum } from './weighted-sum.ts';

/** A text by its meaning and by its words. */
export interface Features {
  readonly vector: Float32Array;
  readonly words: ReadonlySet<string>;
}

/** A marked text of the criterion at hand. */
export interface MarkedText extends Features {
  /** 0..1 */
  readonly target: number;
  /** How many examples it counts as. */
  readonly weight: number;
  /** Log odds of its text before any example. */
  readonly prior: number;
}

/** How much the examples moved the log odds of a text. */
export type Correction = (text: Features) => number;

/** Prior variances of the log odds, by meaning and by words: how fast examples overrule the criterion. */
const BY_MEANING = 14;
const BY_WORDS = 10;

/**
 * Learns from marked texts what the criterion alone did not tell. With few examples near texts go with them, with many
 * a boundary forms. `bias` is the prior variance of what all texts share. No examples, no correction.
 */
export function classifier(marked: readonly MarkedText[], center: Float32Array, bias = 1): Correction {
  if (marked.length === 0) return () => 0;
  const likeness = likenessAround(center, bias);
  const coefficients = fitKernelLogistic({
    kernel: marked.map((a) => Float64Array.from(marked, (b) => likeness(a, b))),
    targets: Float64Array.from(marked, ({ target }) => target),
    weights: Float64Array.from(marked, ({ weight }) => weight),
    prior: Float64Array.from(marked, ({ prior }) => prior),
  });
  return correctionBy(marked, [...coefficients], center, bias);
}

/** Σ coefficientᵢ · likeness(·, i), with the sums over the examples taken once. */
function correctionBy(
  marked: readonly MarkedText[],
  coefficients: readonly number[],
  center: Float32Array,
  bias: number,
): Correction {
  const total = coefficients.reduce((sum, value) => sum + value, 0);
  const meaning = weightedSum([...marked.map(({ vector }) => vector), center], [...coefficients, -total]);
  const offset = bias * total - BY_MEANING * dot(meaning, center);
  const words = wordWeights(marked, coefficients);
  return (text) => offset + BY_MEANING * dot(text.vector, meaning) + BY_WORDS * weightOf(text.words, words);
}

function wordWeights(
  marked: readonly MarkedText[],
  coefficients: readonly number[],
): ReadonlyMap<string, number> {
  const weights = new Map<string, number>();
  for (const [i, { words }] of marked.entries()) {
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

/** Inner product of two texts, of their vectors as seen from the center. */
function likenessAround(center: Float32Array, bias: number): (a: Features, b: Features) => number {
  const length = dot(center, center);
  return (a, b) => {
    const meaning = dot(a.vector, b.vector) - dot(a.vector, center) - dot(b.vector, center) + length;
    return bias + BY_MEANING * meaning + BY_WORDS * overlap(a.words, b.words);
  };
}
