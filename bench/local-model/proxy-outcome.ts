import type { ProxyVerdict } from '../../src/operators/evaluation/proxy/judge-by-proxy.ts';
import { ALLOWANCE } from '../../src/operators/evaluation/proxy/targets.ts';

export const targets = { recall: 0.95, precision: 0.95, allowance: ALLOWANCE };

/** Shares of all values, and of the answers. */
export interface Outcome {
  readonly proxy: boolean;
  readonly recall: number;
  readonly precision: number;
  readonly training: number;
  readonly sample: number;
  readonly asked: number;
  /** Asked by the best thresholds for the same scores, had all answers been known; null where nothing was scored. */
  readonly hindsight: number | null;
}

/** What comes of a verdict, where the truth is known. `known` are the places that were asked about in any case. */
export function outcomeOf(verdict: ProxyVerdict, truth: readonly boolean[]): Outcome {
  if (verdict.kind === 'none') {
    const best = verdict.scores === null ? null : hindsightOf(verdict.scores, truth);
    return { proxy: false, recall: 1, precision: 1, training: 0, sample: 0, asked: 1, hindsight: best };
  }
  const { decisions, scores, trained, proved } = verdict;
  const taken = decisions.map((decision, at) => (decision === 'ask' ? truth[at] : decision === 'true'));
  const right = count(taken, (yes, at) => yes === true && truth[at] === true);
  return {
    proxy: true,
    recall: right / count(truth, (yes) => yes),
    precision: right / count(taken, (yes) => yes === true),
    training: trained / truth.length,
    sample: proved / truth.length,
    asked: count(decisions, (decision) => decision === 'ask') / truth.length,
    hindsight: hindsightOf(scores, truth),
  };
}

function hindsightOf(scores: Float64Array, truth: readonly boolean[]): number {
  return hindsight(truth.map((holds, at) => ({ holds, score: scores[at] as number })));
}

/** The least share of values to ask about for which the targets hold, among all pairs of thresholds. */
function hindsight(values: readonly { readonly score: number; readonly holds: boolean }[]): number {
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
  return (high - low) / values.length;
}

function count<T>(values: readonly T[], fits: (value: T, at: number) => boolean): number {
  return values.filter((value, at) => fits(value, at)).length;
}
