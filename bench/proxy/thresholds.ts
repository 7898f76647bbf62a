import { trialsNeeded, upperBound } from './clopper-pearson.ts';
import { falseAllowed, lossAllowed, type Targets } from './targets.ts';

/** A value that the language model was asked about. null is an answer NULL. */
export interface SampledValue {
  readonly score: number;
  readonly holds: boolean | null;
}

/** Values that score below `low` are decided false, from `high` on true, and the language model decides between. */
export interface Thresholds {
  readonly low: number;
  readonly high: number;
}

export type ThresholdChoice =
  | { readonly kind: 'thresholds'; readonly thresholds: Thresholds }
  /** `reason` ends the sentence "no proxy: …". */
  | { readonly kind: 'none'; readonly reason: string };

/** Steps between the lowest and the highest score; each is tested once. */
const STEPS = 60;

/**
 * The widest thresholds for which the sample shows, with chance 1 − allowance, that recall and precision hold over all
 * values. `scores` are of all distinct values; `sample` is drawn from them uniformly, and neither the proxy nor the steps have
 * seen its answers. Each side is tested from its end inwards and stops at its first failure, so that no test needs a correction
 * for the others on its side; half of the allowance goes to each side.
 */
export function chooseThresholds(
  scores: readonly number[],
  sample: readonly SampledValue[],
  targets: Targets,
): ThresholdChoice {
  if (sample.some(({ holds }) => holds === null)) return none('the model answers NULL');
  const allowance = targets.allowance / 2;
  const positives = sample.filter(({ holds }) => holds === true).length;
  const needed = positivesNeeded(targets);
  if (positives < needed)
    return none(`${positives} of ${needed} true answers in a sample of ${sample.length}`);
  const steps = quantiles(scores, STEPS);
  const low = lastPassing(steps, (step) => {
    const lost = sample.filter(({ score, holds }) => holds === true && score < step).length;
    return upperBound(lost, positives, allowance) <= lossAllowed(targets);
  });
  const high = lastPassing([...steps.toReversed()], (step) => {
    const wrong = sample.filter(({ score, holds }) => holds === false && score >= step).length;
    return upperBound(wrong, positives + wrong, allowance) <= falseAllowed(targets);
  });
  return { kind: 'thresholds', thresholds: inOrder(low ?? -Infinity, high ?? Infinity) };
}

/** True answers that the sample must hold for the strictest test to pass with no failure at all. */
export function positivesNeeded(targets: Targets): number {
  return trialsNeeded(Math.min(lossAllowed(targets), falseAllowed(targets)), targets.allowance / 2);
}

function lastPassing(steps: readonly number[], passes: (step: number) => boolean): number | null {
  const failed = steps.findIndex((step) => !passes(step));
  const last = failed === -1 ? steps.length - 1 : failed - 1;
  return steps[last] ?? null;
}

/** Where the two sides cross, both tests allow every cut between: the middle one is as good as any. */
function inOrder(low: number, high: number): Thresholds {
  if (low <= high) return { low, high };
  const middle = (low + high) / 2;
  return { low: middle, high: middle };
}

function quantiles(scores: readonly number[], count: number): readonly number[] {
  const sorted = Float64Array.from(scores).toSorted();
  return Array.from(
    { length: count },
    (_, at) => sorted[Math.floor(((at + 1) * sorted.length) / (count + 1))] as number,
  );
}

function none(reason: string): ThresholdChoice {
  return { kind: 'none', reason };
}
