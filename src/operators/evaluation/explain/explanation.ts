import type { ExpectedPairs } from '../proxy/expected-pairs.ts';
import type { ExpectedProxy } from '../proxy/expected-proxy.ts';
import type { EvaluationSummary } from '../evaluation-summary.ts';

/** The examples that the calls of a cell would be shown. */
export interface ExplainedExamples {
  readonly cell: string;
  readonly strategy: string;
  readonly format: string;
  /** Trace ids in the order of the prompt, of the first call; others may be shown others. */
  readonly traceIds: readonly string[];
  /** Lists that differ, among the calls to pay. */
  readonly lists: number;
  /** Why there are none, where training is in trouble. */
  readonly trouble: string | null;
}

export interface ExplainedOperator {
  readonly operator: string;
  readonly models: readonly string[];
  /** Rows that ask, in the last pass. */
  readonly rows: number;
  readonly distinctCalls: number;
  readonly inMemory: number;
  readonly inLog: number;
  readonly toPay: number;
  /** Of those to pay: answered before, under other examples. */
  readonly newExamples: number;
  readonly requests: number;
  readonly tokensIn: number;
  readonly tokensOut: number;
  readonly costUsd: number | null;
  /** Share of true among its answers that was assumed; null for other answers. */
  readonly trueShare: number | null;
  /** Proxies that will be tried where `rvbbit.recall` is below 1; what they save is not taken off `toPay`. */
  readonly proxies: readonly ExpectedProxy[];
  /** Its pairs in a join, likewise. */
  readonly joins: readonly ExpectedPairs[];
  readonly examples: readonly ExplainedExamples[];
}

/** What a statement will take, found without a call. */
export interface SemanticExplanation {
  readonly operators: readonly ExplainedOperator[];
  readonly toPay: number;
  readonly requests: number;
  readonly tokens: number;
  readonly costUsd: number | null;
  readonly seconds: number;
  readonly assumptions: readonly string[];
  /** What happened when the statement ran; null where it did not. */
  readonly happened: EvaluationSummary | null;
}
