import type { Thresholds } from './thresholds.ts';

/** Who decides a value, and where it is the proxy, how. */
export type Decision = 'true' | 'false' | 'ask';

export function decide(score: number, { low, high }: Thresholds): Decision {
  if (score >= high) return 'true';
  return score < low ? 'false' : 'ask';
}

/** Calls saved, as a share of one call a distinct value. `asked` values have their answer from training and sampling. */
export function saving(scores: readonly number[], asked: number, thresholds: Thresholds): number {
  if (scores.length === 0) return 0;
  const left = scores.filter((score) => decide(score, thresholds) === 'ask').length / scores.length;
  const known = asked / scores.length;
  return (1 - known) * (1 - left);
}

/** A proxy that saves less is not worth its uncertainty. */
export const LEAST_SAVING = 0.3;
