import type { Thresholds } from './thresholds.ts';

/** Who decides a value, and where it is the proxy, how. */
export type Decision = 'true' | 'false' | 'ask';

export function decide(score: number, { low, high }: Thresholds): Decision {
  if (score >= high) return 'true';
  return score < low ? 'false' : 'ask';
}

/** A proxy that saves less of the calls, sampling included, is not worth its uncertainty. */
export const LEAST_SAVING = 0.3;
