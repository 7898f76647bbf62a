/** How an error or a notice is ranked, in the words of the protocol's ErrorResponse (chapter 55.8). */
export type Severity = 'ERROR' | 'FATAL' | 'PANIC' | 'WARNING' | 'NOTICE' | 'DEBUG' | 'INFO' | 'LOG';

export interface SqlErrorFields {
  readonly severity?: 'ERROR' | 'FATAL' | 'PANIC';
  readonly detail?: string;
  /** The way out, in a sentence. */
  readonly hint?: string;
  /** 1-based character offset in the text that the user sent. */
  readonly position?: number;
  readonly cause?: unknown;
}

/** An error a client may see. `code` is a SQLSTATE (five characters, appendix A of the PostgreSQL manual). */
export class SqlError extends Error {
  override readonly name = 'SqlError';
  readonly severity: 'ERROR' | 'FATAL' | 'PANIC';
  readonly detail: string | undefined;
  readonly hint: string | undefined;
  readonly position: number | undefined;

  constructor(
    readonly code: string,
    message: string,
    fields: SqlErrorFields = {},
  ) {
    super(message, fields.cause === undefined ? undefined : { cause: fields.cause });
    this.severity = fields.severity ?? 'ERROR';
    this.detail = fields.detail;
    this.hint = fields.hint;
    this.position = fields.position;
  }
}

/** A message that does not end the statement: shown to the client as a NoticeResponse. */
export interface Notice {
  readonly severity: 'WARNING' | 'NOTICE' | 'INFO' | 'DEBUG' | 'LOG';
  readonly code: string;
  readonly message: string;
  readonly detail?: string;
  readonly hint?: string;
}

/** A fault of set-up (a port in use, a broken file): one line on stderr and exit code 1, no stack trace. */
export class StartupError extends Error {
  override readonly name = 'StartupError';

  constructor(
    message: string,
    readonly hint?: string,
    cause?: unknown,
  ) {
    super(message, cause === undefined ? undefined : { cause });
  }
}

export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** Any error as one that a client may see: XX000 where nobody gave it a code. */
export function sqlErrorOf(error: unknown): SqlError {
  if (error instanceof SqlError) return error;
  if (error instanceof RangeError && /call stack/.test(error.message)) {
    return new SqlError('54001', 'stack depth limit exceeded', {
      cause: error,
      hint: 'The statement is nested too deeply. Write it in parts.',
    });
  }
  return new SqlError('XX000', messageOf(error), { cause: error });
}
