import { randomUUID } from 'node:crypto';
import { type Notice, SqlError } from '../../errors.ts';
import type { EvaluationSummary } from '../../operators/evaluation/evaluation-summary.ts';
import type { CellDatabase } from '../../operators/runner/cell-database.ts';
import type { SemanticSettings, StatementScope } from '../../operators/evaluation/statement-scope.ts';

export interface RunOptions {
  readonly sessionId: string;
  readonly settings: SemanticSettings;
  readonly notice: (notice: Notice) => void;
  /** What cells of cascades may read. */
  readonly database?: CellDatabase;
  /** Stops what DuckDB is doing. */
  readonly interrupt: (reason: SqlError) => void;
  /** Told once of a run that called an operator, when its evaluation and the step at hand have ended. */
  readonly ended?: (run: StatementRun) => void;
}

/** One statement from its start to its last row: what stops it, and what it lends to the calls it causes. */
export class StatementRun {
  readonly scope: StatementScope;
  /** The text at hand, as the client sent it. */
  sql = '';
  /** What its evaluation took, once that has ended; null where no operator was called. */
  summary: EvaluationSummary | null = null;
  /** Whether the summary is to count every row: EXPLAIN (SEMANTIC, ANALYZE). */
  countsRows = false;
  /** Rows sent to the client so far. */
  rows = 0;
  /** Why the last step failed. */
  error: unknown = null;
  readonly startedAt = Date.now();
  readonly #ended: (run: StatementRun) => void;
  #stepping = false;
  #told = false;
  readonly #controller = new AbortController();
  readonly #interrupt: (reason: SqlError) => void;
  #timer: NodeJS.Timeout | null = null;

  constructor(options: RunOptions) {
    this.#interrupt = options.interrupt;
    this.#ended = options.ended ?? (() => undefined);
    const textAtHand = (): string => this.sql;
    const countsRows = (): boolean => this.countsRows;
    this.scope = Object.freeze({
      get sql() {
        return textAtHand();
      },
      get countsRows() {
        return countsRows();
      },
      sessionId: options.sessionId,
      statementId: randomUUID(),
      caller: 'sql' as const,
      settings: options.settings,
      signal: this.#controller.signal,
      notice: options.notice,
      ...(options.database === undefined ? {} : { database: options.database }),
      evaluated: (summary: EvaluationSummary) => {
        this.summary = summary;
        if (!this.#stepping) this.#tell();
      },
    });
  }

  stepBegins(): void {
    this.#stepping = true;
  }

  stepEnds(): void {
    this.#stepping = false;
    this.#tell();
  }

  /** Until `pause`, the statement may take this long; 0 is no limit. */
  resume(timeoutMs: number): void {
    this.pause();
    if (timeoutMs > 0) this.#timer = setTimeout(() => this.abort(timedOut()), timeoutMs);
  }

  pause(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
  }

  abort(reason: SqlError): void {
    if (this.#controller.signal.aborted) return;
    this.#controller.abort(reason);
    this.#interrupt(reason);
  }

  /** What the client is told where a statement failed: the reason of the stop where it was stopped. */
  failure(error: unknown): unknown {
    this.error = this.#controller.signal.aborted ? this.#controller.signal.reason : error;
    return this.error;
  }

  #tell(): void {
    if (this.summary === null || this.#told) return;
    this.#told = true;
    this.#ended(this);
  }
}

function timedOut(): SqlError {
  return new SqlError('57014', 'canceling statement due to statement timeout');
}

export function canceledByUser(): SqlError {
  return new SqlError('57014', 'canceling statement due to user request');
}
