import type { Targets } from './targets.ts';
import { rarerNeeded } from './thresholds.ts';

/** How many fresh values to ask the language model about. */
export interface SamplePlan {
  /** To train the proxy on, beside marked answers. */
  readonly training: number;
  /** To choose the thresholds on; drawn uniformly, apart from the training ones. */
  readonly calibration: number;
}

/** Values to train on: a share of them all, within bounds. */
const TRAINING = { least: 200, share: 1 / 20, most: 1_000 } as const;
/** Answers of the rarer kind aimed at, as a multiple of those without which no test can pass: room for a few failures. */
const ROOM = 1.5;
/** More of the values than this are not asked to find out whether others need not be. */
const MOST_ASKED = 0.4;

export function trainingSize(values: number): number {
  return Math.min(TRAINING.most, Math.max(TRAINING.least, Math.round(values * TRAINING.share)));
}

/**
 * How many to ask, where `trueShare` of the values are thought to be true. null where so many would be asked that a proxy
 * is not worth while.
 */
export function planSample(values: number, trueShare: number, targets: Targets): SamplePlan | null {
  const rarer = Math.max(Math.min(trueShare, 1 - trueShare), 1 / values);
  const training = trainingSize(values);
  const calibration = Math.ceil((ROOM * rarerNeeded(targets)) / rarer);
  return training + calibration > MOST_ASKED * values ? null : { training, calibration };
}

/** Whether any share of true answers would make a proxy worth while. */
export function isWorthTrying(values: number, targets: Targets): boolean {
  return planSample(values, 0.5, targets) !== null;
}
