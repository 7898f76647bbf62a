import type { Notice } from '../../errors.ts';
import type { EvaluationSummary } from './evaluation-summary.ts';
import type { LogReading } from './log-reading.ts';
import type { Cascade } from '../cascade/cascade.ts';
import type { CellDatabase } from '../runner/cell-database.ts';
import type { Budget } from './spending/budget.ts';

/** What `SET rvbbit.…` decides about the evaluation of a statement; semantic-settings.ts says how it is written. */
export interface SemanticSettings {
  /** `provider/model` that replaces the configured one; null where none was set. */
  readonly model: string | null;
  readonly onError: 'error' | 'null';
  readonly reuseAnswers: 'same_examples' | 'any' | 'none';
  /** Whether what people have verified is answered without a call. */
  readonly useVerified: boolean;
  /** Samples of each answer where a cell names none; null asks once. */
  readonly takes: number | null;
  /** Most rows in one request; null leaves it to the cells. */
  readonly batchSize: number | null;
  /** Most requests, tokens and US dollars of a statement; null is no limit. */
  readonly maxCalls: number | null;
  readonly maxTokens: number | null;
  readonly maxCostUsd: number | null;
  /** Most pairs of a semantic join whose criterion cannot be taken apart. */
  readonly maxPairs: number;
  /**
   * Share of the values that the model would find true which a statement has to find, and share of those it finds
   * which the model would find true; 0..1. With recall 1 the model decides every value.
   */
  readonly recall: number;
  readonly precision: number;
  /** Whether a long statement says how far it is, at most once a second. */
  readonly progress: boolean;
}

export const DEFAULT_SEMANTIC_SETTINGS: SemanticSettings = Object.freeze({
  model: null,
  onError: 'error',
  reuseAnswers: 'same_examples',
  useVerified: true,
  takes: null,
  batchSize: null,
  maxCalls: null,
  maxTokens: null,
  maxCostUsd: null,
  maxPairs: 10_000,
  recall: 1,
  precision: 1,
  progress: false,
});

export type NestedRun = (
  cascade: Cascade,
  inputs: Readonly<Record<string, unknown>>,
  scope: StatementScope,
  signal: AbortSignal,
) => Promise<{ readonly value: unknown; readonly traceId: string }>;

/** Everything a statement lends to the calls it causes. Made by the session, ended by its signal. */
export interface StatementScope {
  readonly sessionId: string;
  readonly statementId: string;
  readonly caller: 'sql' | 'rest' | 'cli';
  readonly settings: SemanticSettings;
  /** Aborted on cancel, time-out and disconnect, with the SqlError that says so as its reason. */
  readonly signal: AbortSignal;
  /** The statement as the user sent it, where there is one: shown to those who watch. */
  readonly sql?: string;
  /** What its calls may spend; made from the settings where a statement brings none. */
  readonly budget?: Budget;
  /** Whether the counts of the summary are wanted for every row, whatever that costs. */
  readonly countsRows?: boolean;
  /** What cells may read by SQL; left out where the call comes from no database. */
  readonly database?: CellDatabase;
  /** Runs another cascade within a call, in its place among those in flight; what is known is not asked again. */
  readonly nested?: NestedRun;
  /** What the statement reads in the log, which it shares with the calls it causes. */
  readonly logReading?: LogReading;
  /** Shown to the client and on the server's console. */
  notice(notice: Notice): void;
  /** Told once, when the evaluation of the statement has ended, well or not. */
  evaluated?(summary: EvaluationSummary): void;
}
