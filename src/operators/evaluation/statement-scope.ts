import type { Notice } from '../../errors.ts';

/** What `SET rvbbit.…` decides about the evaluation of a statement. */
export interface SemanticSettings {
  /** `provider/model` that replaces the configured one; null where none was set. */
  readonly model: string | null;
  readonly onError: 'error' | 'null';
  readonly reuseAnswers: 'same_examples' | 'any' | 'none';
}

export const DEFAULT_SEMANTIC_SETTINGS: SemanticSettings = Object.freeze({
  model: null,
  onError: 'error',
  reuseAnswers: 'same_examples',
});

/** Everything a statement lends to the calls it causes. Made by the session, ended by its signal. */
export interface StatementScope {
  readonly sessionId: string;
  readonly statementId: string;
  readonly caller: 'sql' | 'rest' | 'cli';
  readonly settings: SemanticSettings;
  /** Aborted on cancel, time-out and disconnect, with the SqlError that says so as its reason. */
  readonly signal: AbortSignal;
  /** Shown to the client and on the server's console. */
  notice(notice: Notice): void;
}
