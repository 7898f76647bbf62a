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

/** Steps between the lowest and the highest score. */
const STEPS = 1_000;

/**
 * The widest thresholds for which the sample shows, with chance 1 − allowance, that recall and precision hold over all
 * values. `scores` are of all distinct values; `sample` is drawn from them uniformly, and neither the proxy nor the steps have
 * seen its answers. Each side is tested from its end inwards and stops at its first failure, so that no test needs a correction
 * for the others on its side; half of the allowance goes to each side.
 *
 * An error counts as a share of the rarer answer, so that a negated operator keeps as much as the operator does: a step
 * has to pass the test against the true answers and the one against the false ones.
 */
export function chooseThresholds(
  scores: ArrayLike<number>,
  sample: readonly SampledValue[],
  targets: Targets,
): ThresholdChoice {
  if (sample.some(({ holds }) => holds === null)) return none('the model answers NULL');
  const allowance = targets.allowance / 2;
  const positives = sample.filter(({ holds }) => holds === true).length;
  const negatives = sample.length - positives;
  const needed = rarerNeeded(targets);
  if (Math.min(positives, negatives) < needed) return none(tooFew(positives, negatives, needed));
  const steps = quantiles(scores, STEPS);
  const shareOf = (hits: number, trials: number): number => upperBound(hits, trials, allowance);
  const lossOdds = lossAllowed(targets);
  const low = lastPassing(steps, (step) => {
    const lost = sample.filter(({ score, holds }) => holds === true && score < step).length;
    return (
      shareOf(lost, positives) <= lossOdds && shareOf(lost, lost + negatives) <= lossOdds / (1 + lossOdds)
    );
  });
  const falseShare = falseAllowed(targets);
  const high = lastPassing([...steps.toReversed()], (step) => {
    const wrong = sample.filter(({ score, holds }) => holds === false && score >= step).length;
    return (
      shareOf(wrong, positives + wrong) <= falseShare &&
      shareOf(wrong, negatives) <= falseShare / (1 - falseShare)
    );
  });
  return { kind: 'thresholds', thresholds: inOrder(low ?? -Infinity, high ?? Infinity) };
}

/** True answers, and false ones, that the sample must hold for the strictest test to pass with no failure at all. */
export function rarerNeeded(targets: Targets): number {
  const loss = lossAllowed(targets);
  const shares = [loss, loss / (1 + loss), falseAllowed(targets)].filter((share) => share > 0);
  return trialsNeeded(Math.min(...shares), targets.allowance / 2);
}

function tooFew(positives: number, negatives: number, needed: number): string {
  const [count, which] = positives <= negatives ? [positives, 'true'] : [negatives, 'false'];
  return `${count} of ${needed} ${which} answers in a sample of ${positives + negatives}`;
}

/** The step before the first failure. Errors only grow from step to step, so halving finds it as going on would. */
function lastPassing(steps: readonly number[], passes: (step: number) => boolean): number | null {
  let passed = -1;
  let failed = steps.length;
  while (failed - passed > 1) {
    const middle = (passed + failed) >> 1;
    if (passes(steps[middle] as number)) passed = middle;
    else failed = middle;
  }
  return steps[passed] ?? null;
}

/** Where the two sides cross, both tests allow every cut between: the middle one is as good as any. */
function inOrder(low: number, high: number): Thresholds {
  if (low <= high) return { low, high };
  const middle = (low + high) / 2;
  return { low: middle, high: middle };
}

function quantiles(scores: ArrayLike<number>, count: number): readonly number[] {
  const sorted = Float64Array.from(scores).toSorted();
  return Array.from(
    { length: count },
    (_, at) => sorted[Math.floor(((at + 1) * sorted.length) / (count + 1))] as number,
  );
}

function none(reason: string): ThresholdChoice {
  return { kind: 'none', reason };
}
