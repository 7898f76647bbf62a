import { dot } from '../vectors.ts';
import { overlap } from './distinct-words.ts';
import { fitKernelLogistic } from './kernel-logistic.ts';

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
  return (text) =>
    marked.reduce((sum, example, i) => sum + (coefficients[i] as number) * likeness(text, example), 0);
}

/** Inner product of two texts, of their vectors as seen from the center. */
function likenessAround(center: Float32Array, bias: number): (a: Features, b: Features) => number {
  const length = dot(center, center);
  return (a, b) => {
    const meaning = dot(a.vector, b.vector) - dot(a.vector, center) - dot(b.vector, center) + length;
    return bias + BY_MEANING * meaning + BY_WORDS * overlap(a.words, b.words);
  };
}
