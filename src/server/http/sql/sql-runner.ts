import type { Notice } from '../../../errors.ts';
import type { CurrentRole } from '../../access/current-role.ts';

export interface SqlRequest {
  readonly sql: string;
  readonly database: string;
  /** Who runs it. */
  readonly role: CurrentRole;
  /** Chosen by the client: runs of one key share a session, one after another. */
  readonly sessionKey: string;
  /** Rows of one statement after which the runner stops and says that there are more. */
  readonly maxRows: number;
}

/** What a run tells, in this order for each statement: statement, columns, rows…, done; the others at any time. */
export type SqlEvent =
  /** Under which names the log has the statement. */
  | { readonly type: 'statement'; readonly session_id: string; readonly statement_id: string }
  | {
      readonly type: 'columns';
      readonly columns: readonly { readonly name: string; readonly type: string }[];
    }
  /** Values in the protocol's text form. */
  | { readonly type: 'rows'; readonly rows: readonly (readonly (string | null)[])[] }
  | { readonly type: 'notice'; readonly notice: Notice }
  | { readonly type: 'done'; readonly tag: string; readonly rows: number; readonly truncated: boolean };

/** The engine as the console sees it: the same path as the wire protocol's. */
export interface SqlRunner {
  databases(): Promise<readonly string[]>;
  /** Ends early when the signal aborts, with SqlError 57014. Throws SqlError. */
  run(request: SqlRequest, signal: AbortSignal): AsyncIterable<SqlEvent>;
}
