import type { Spent } from '../evaluation-summary.ts';
import type { StatementScope } from '../statement-scope.ts';

/** How far a statement is. */
export interface StatementProgress {
  readonly statementId: string;
  readonly sessionId: string;
  readonly caller: StatementScope['caller'];
  /** As the user sent it; empty where there is none. */
  readonly sql: string;
  /** Milliseconds since the epoch. */
  readonly startedAt: number;
  /** Answers that were had from models, that are still to be had as far as is known now, and that are under way. */
  readonly callsDone: number;
  readonly callsToDo: number;
  readonly callsInFlight: number;
  readonly callsFailed: number;
  readonly spent: Spent;
  /** Until everything known now is answered; null before the first answer. */
  readonly etaSeconds: number | null;
}

/** The statements whose answers are being had, in the order in which they began. One a process. */
export class StatementsInFlight {
  readonly #statements = new Set<() => StatementProgress>();

  /** Returns what takes the statement off again. */
  enter(progress: () => StatementProgress): () => void {
    this.#statements.add(progress);
    return () => void this.#statements.delete(progress);
  }

  rows(): readonly StatementProgress[] {
    return [...this.#statements].map((progress) => progress());
  }
}
