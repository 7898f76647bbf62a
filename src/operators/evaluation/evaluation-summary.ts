/** What one operator had to answer in a statement. */
export interface OperatorCounts {
  /** SQL name of the operator. */
  readonly name: string;
  /** Rows that a pass asked it about, at most: the last one, but for rows that are walked. */
  readonly rows: number;
  /** Distinct answers that the statement met, at most: those of a table that DuckDB looked answers up in count all. */
  readonly distinct: number;
  /** Of these, by where they came from: this process's memory, the log, a model. */
  readonly fromMemory: number;
  readonly fromLog: number;
  readonly fromModel: number;
  /** Decided by a proxy in the place of the model. */
  readonly fromProxy: number;
  /** Verified by people, and given without a call. */
  readonly fromHuman: number;
  /** Asked for and not answered: failed, or the statement ended before. */
  readonly unanswered: number;
  /** Known under other examples than those that a call would be shown now, and paid for again because of that. */
  readonly newExamples: number;
}

/** Requests, tokens and money; those of answers that another statement asked for first are not counted twice. */
export interface Spent {
  readonly calls: number;
  readonly tokens: number;
  /** US dollars, as far as prices are known. */
  readonly costUsd: number;
}

export interface EvaluationSummary {
  readonly operators: readonly OperatorCounts[];
  readonly spent: Spent;
  readonly durationMs: number;
}
