/** One step of a statement (a simple query, an Execute, a Parse that failed), as it ended. Frozen. */
export interface EndedStatement {
  readonly statementId: string;
  readonly sessionId: string;
  /** First word, in lower case. */
  readonly command: string;
  /** As logs show it: without passwords and keys. */
  readonly sql: string;
  readonly database: string;
  readonly user: string;
  /** Milliseconds since the epoch. */
  readonly startedAt: number;
  readonly durationMs: number;
  /** Rows sent to the client. */
  readonly rows: number;
  /** What it threw; null where it succeeded. */
  readonly error: unknown;
}
