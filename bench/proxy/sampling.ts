import { positivesNeeded } from './thresholds.ts';
import type { Targets } from './targets.ts';

/** How many fresh values to ask the language model about. */
export interface SamplePlan {
  /** To train the proxy on, beside marked answers. */
  readonly training: number;
  /** To choose the thresholds on; drawn uniformly, apart from the training ones. */
  readonly calibration: number;
}

const TRAINING = 200;
/** True answers aimed at, as a multiple of those without which no test can pass: room for a few failures. */
const ROOM = 2;
/** More of the values than this are not asked to find out whether others need not be. */
const MOST_ASKED = 0.4;

/**
 * How many to ask, where `trueShare` of the values are thought to be true. null where so many would be asked that a proxy
 * is not worth while.
 */
export function planSample(values: number, trueShare: number, targets: Targets): SamplePlan | null {
  const calibration = Math.ceil((ROOM * positivesNeeded(targets)) / Math.max(trueShare, 1 / values));
  return TRAINING + calibration > MOST_ASKED * values ? null : { training: TRAINING, calibration };
}
