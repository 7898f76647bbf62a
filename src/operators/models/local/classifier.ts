import { fitKernelLogistic } from './kernel-logistic.ts';
import { combination, type Features, likenesses } from './likeness.ts';

/** A text with its log odds before any example. */
export interface PriorText extends Features {
  readonly prior: number;
}

/** A marked text of the criterion at hand. */
export interface MarkedText extends PriorText {
  /** 0..1 */
  readonly target: number;
  /** How many examples it counts as. */
  readonly weight: number;
}

/** How much the examples moved the log odds of a text. */
export type Correction = (text: PriorText) => number;

/** Prior variances of the log odds, by meaning, by words, and of what all texts share: how fast examples overrule the criterion. */
const LIKENESS = { meaning: 14, words: 10, bias: 1 };
/** Prior variance of how far the criterion can be trusted: what its log odds are multiplied by, 1 before any example. */
const TRUST = 0.3;

/**
 * Learns from marked texts what the criterion alone did not tell. With few examples near texts go with them, with many
 * a boundary forms. No examples, no correction.
 */
export function classifier(marked: readonly MarkedText[], center: Float32Array): Correction {
  if (marked.length === 0) return () => 0;
  const likeness = { ...LIKENESS, center };
  const coefficients = [
    ...fitKernelLogistic({
      kernel: likenesses(marked, likeness).map((row, i) =>
        row.map((value, j) => value + TRUST * priorOf(marked, i) * priorOf(marked, j)),
      ),
      targets: Float64Array.from(marked, ({ target }) => target),
      weights: Float64Array.from(marked, ({ weight }) => weight),
      prior: Float64Array.from(marked, ({ prior }) => prior),
    }),
  ];
  const learnt = combination(marked, coefficients, likeness);
  const trust = TRUST * coefficients.reduce((sum, value, i) => sum + value * priorOf(marked, i), 0);
  return (text) => learnt(text) + trust * text.prior;
}

function priorOf(marked: readonly MarkedText[], i: number): number {
  return (marked[i] as MarkedText).prior;
}
