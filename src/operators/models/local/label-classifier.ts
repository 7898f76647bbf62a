import { fitKernelSoftmax } from './kernel-softmax.ts';
import { combination, type Features, likenesses } from './likeness.ts';
import { weightedSum } from './weighted-sum.ts';

/** A text with the log odds of each label before any example. */
export interface LabelPriorText extends Features {
  readonly priors: readonly number[];
}

export interface LabelMarkedText extends LabelPriorText {
  /** Position of its label. */
  readonly label: number;
  /** How many examples it counts as. */
  readonly weight: number;
}

/** Log odds of each label with what the examples taught. */
export type LabelOdds = (text: LabelPriorText) => readonly number[];

const LIKENESS = { meaning: 30, words: 15, bias: 0.25 };
/** With so many examples the names of the labels count half. */
const NAMES_HALVED = 60;

/**
 * One classifier over all labels. Texts to label are of one kind and near one another, so that an example speaks for its label
 * by what parts it from the other examples: vectors are seen from the middle of the examples. And the labels share
 * what there is, so that one without an example is no less likely for that.
 */
export function labelClassifier(marked: readonly LabelMarkedText[], center: Float32Array): LabelOdds {
  if (marked.length === 0) return ({ priors }) => priors;
  const likeness = { ...LIKENESS, center: middle(marked, center) };
  const trust = 1 / (1 + marked.length / NAMES_HALVED);
  const labels = (marked[0] as LabelMarkedText).priors.map((_, label) => label);
  const coefficients = fitKernelSoftmax({
    kernel: likenesses(marked, likeness),
    classes: labels.map((label) => ({
      targets: Float64Array.from(marked, (one) => Number(one.label === label)),
      prior: Float64Array.from(marked, ({ priors }) => trust * (priors[label] as number)),
    })),
    weights: Float64Array.from(marked, ({ weight }) => weight),
  });
  const learnt = coefficients.map((ofLabel) => combination(marked, [...ofLabel], likeness));
  return (text) => learnt.map((of, label) => trust * (text.priors[label] as number) + of(text));
}

/** Of the examples and, as one more, of texts in general. */
function middle(marked: readonly LabelMarkedText[], center: Float32Array): Float32Array {
  const all = [...marked.map(({ vector }) => vector), center];
  return weightedSum(all, Array<number>(all.length).fill(1 / all.length));
}
