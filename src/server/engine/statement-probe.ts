import type { Asking } from '../../operators/evaluation/asking.ts';

/**
 * What the semantic functions see of the statement that their connection is running: one a connection, found by
 * DuckDB's connection id when a function is bound.
 */
export class StatementProbe {
  /** Operators that the statement at hand was bound to. */
  readonly bound = new Set<string>();
  /** null while a statement is only described: its functions give NULL and ask for nothing. */
  evaluation: Asking | null = null;
  /** A missing answer is an error: the statement changes data and must not see a NULL that is no answer. */
  strict = false;
  /** Whether a semantic function was evaluated: while a statement is planned, a call whose arguments are constants. */
  called = false;

  begin(): void {
    this.bound.clear();
    this.evaluation = null;
    this.strict = false;
    this.called = false;
  }
}

export type ProbeOf = (connectionId: number) => StatementProbe | undefined;
