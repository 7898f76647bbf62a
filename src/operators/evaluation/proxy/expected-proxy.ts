import { DOUBTFUL, doubtfulSize } from './judge-by-proxy.ts';
import { planSample } from './sampling.ts';
import type { Targets } from './targets.ts';

/** What a proxy is thought to save, before it is tried. Counts of distinct values. */
export interface ExpectedProxy {
  readonly values: number;
  readonly toTrain: number;
  readonly toProve: number;
  /** Calls that it makes needless. */
  readonly saved: number;
}

/** Of the values that no sample takes, so many are thought to be clear. */
export const ASSUMED_CLEAR = 0.5;

/** null where a proxy is not tried. `unpaid`: how many of the values would cost a call without it. */
export function expectedProxy(
  values: number,
  unpaid: number,
  trueShare: number,
  targets: Targets,
): ExpectedProxy | null {
  const plan = planSample(values, trueShare, targets);
  if (plan === null || unpaid === 0) return null;
  const toTrain = plan.training + DOUBTFUL.rounds * doubtfulSize(values);
  const rest = values - toTrain - plan.calibration;
  // What is known would not be asked in any case.
  const saved = Math.max(0, Math.round(ASSUMED_CLEAR * Math.min(rest, unpaid)));
  return Object.freeze({ values, toTrain, toProve: plan.calibration, saved });
}
