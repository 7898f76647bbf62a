import { decide } from '../proxy/decision.ts';
import type { SamplePlan } from '../proxy/sampling.ts';
import { chooseThresholds, type Thresholds } from '../proxy/thresholds.ts';

export const targets = { recall: 0.95, precision: 0.95, allowance: 0.05 };

export interface ScoredValue {
  readonly score: number;
  readonly holds: boolean;
}

/** Shares of all values, and of the answers. */
export interface Outcome {
  readonly proxy: boolean;
  readonly recall: number;
  readonly precision: number;
  readonly training: number;
  readonly sample: number;
  readonly asked: number;
  /** Asked by the best thresholds for the same scores, had all answers been known. */
  readonly hindsight: number;
}

/** What comes of deciding the values, of which the first make the sample, by thresholds chosen on that sample. */
export function outcomeOf(
  values: readonly ScoredValue[],
  plan: SamplePlan,
  all: number,
): Omit<Outcome, 'hindsight'> {
  const sample = values.slice(0, plan.calibration);
  const choice = chooseThresholds(
    values.map(({ score }) => score),
    sample,
    targets,
  );
  const training = plan.training / all;
  if (choice.kind === 'none')
    return { proxy: false, recall: 1, precision: 1, training, sample: sample.length / all, asked: 1 };
  const rest = measured(values.slice(plan.calibration), choice.thresholds);
  const known = sample.filter(({ holds }) => holds).length;
  const right = rest.right + known;
  return {
    proxy: true,
    recall: right / (right + rest.lost),
    precision: right / (right + rest.wrong),
    training,
    sample: sample.length / all,
    asked: training + (sample.length + rest.asked) / all,
  };
}

/** The least share of values to ask about for which the targets hold, among all pairs of thresholds. */
export function hindsight(values: readonly ScoredValue[], all: number): number {
  const sorted = values.toSorted((a, b) => a.score - b.score);
  const positives = sorted.filter(({ holds }) => holds).length;
  const mayLose = Math.floor((1 - targets.recall) * positives);
  let [low, lost] = [0, 0];
  while (low < sorted.length && lost + Number(sorted[low]?.holds) <= mayLose)
    lost += Number(sorted[low++]?.holds);
  const mayTake = (1 / targets.precision - 1) * (positives - lost);
  let [high, wrong] = [sorted.length, 0];
  while (high > low && wrong + Number(!sorted[high - 1]?.holds) <= mayTake)
    wrong += Number(!sorted[--high]?.holds);
  return (high - low) / all;
}

interface Counts {
  readonly right: number;
  readonly wrong: number;
  readonly lost: number;
  readonly asked: number;
}

function measured(values: readonly ScoredValue[], thresholds: Thresholds): Counts {
  const counts = { right: 0, wrong: 0, lost: 0, asked: 0 };
  for (const { score, holds } of values) {
    const decision = decide(score, thresholds);
    if (decision === 'ask') counts.asked++;
    if (decision === 'true' && !holds) counts.wrong++;
    if (decision === 'false' && holds) counts.lost++;
    if (decision !== 'false' && holds) counts.right++;
  }
  return counts;
}
