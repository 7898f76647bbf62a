import { dot } from '../vectors.ts';
import { fitKernelLogistic } from './kernel-logistic.ts';

/** A marked text of the criterion at hand. */
export interface MarkedText {
  readonly text: Float32Array;
  /** 0..1 */
  readonly target: number;
  /** How many examples it counts as. */
  readonly weight: number;
  /** Log odds of its text before any example. */
  readonly prior: number;
}

/** How much the examples moved the log odds of a text. */
export type Correction = (text: Float32Array) => number;

/** Prior variance of the log odds along the difference of two texts: how fast examples overrule the criterion. */
const REACH = 14;

/**
 * Learns from marked texts what the criterion alone did not tell. With few examples near texts go with them, with many
 * a boundary forms. `bias` is the prior variance of what all texts share. No examples, no correction.
 */
export function classifier(marked: readonly MarkedText[], center: Float32Array, bias = 1): Correction {
  if (marked.length === 0) return () => 0;
  const likeness = likenessAround(center, bias);
  const coefficients = fitKernelLogistic({
    kernel: marked.map((a) => Float64Array.from(marked, (b) => likeness(a.text, b.text))),
    targets: Float64Array.from(marked, ({ target }) => target),
    weights: Float64Array.from(marked, ({ weight }) => weight),
    prior: Float64Array.from(marked, ({ prior }) => prior),
  });
  return (text) =>
    marked.reduce((sum, example, i) => sum + (coefficients[i] as number) * likeness(text, example.text), 0);
}

/** Inner product of two texts as seen from the center. */
function likenessAround(center: Float32Array, bias: number): (a: Float32Array, b: Float32Array) => number {
  const length = dot(center, center);
  return (a, b) => bias + REACH * (dot(a, b) - dot(a, center) - dot(b, center) + length);
}
