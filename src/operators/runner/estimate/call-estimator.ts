import type { StatementScope } from '../../evaluation/statement-scope.ts';
import type { CascadeCall } from '../cascade-runner.ts';

/** How many calls of one cascade are to be made, and some of them. */
export interface CallsToMake {
  readonly count: number;
  /** At least one; the others are taken to be like these. */
  readonly sample: readonly CascadeCall[];
  /** Rows that may share a request, by what they share. */
  readonly groups: readonly { readonly rows: number; readonly perRequest: number }[];
}

/** What calls will take. */
export interface CallsEstimate {
  readonly requests: number;
  readonly tokensIn: number;
  readonly tokensOut: number;
  /** US dollars; null where the price of a model is not known. */
  readonly costUsd: number | null;
  /** Mean time of a request. */
  readonly latencyMs: number;
  /** `provider/model`, each once. */
  readonly models: readonly string[];
  /** What was taken for granted, in sentences. */
  readonly assumptions: readonly string[];
}

/** Says what calls would take, without making one. */
export interface CallEstimator {
  estimate(calls: CallsToMake, scope: StatementScope): Promise<CallsEstimate>;
  /** Share of true among the answers of a cascade; null where nobody knows. */
  trueShare(call: Pick<CascadeCall, 'cascade'>, scope: StatementScope): Promise<number | null>;
}
