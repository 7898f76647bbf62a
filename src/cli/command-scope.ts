import type { Logger } from 'pino';
import { DEFAULT_SEMANTIC_SETTINGS, type StatementScope } from '../operators/evaluation/statement-scope.ts';
import { uuidV7 } from '../operators/runner/uuid-v7.ts';

/** What a command lends to the calls it makes. */
export function commandScope(logger: Logger): StatementScope {
  return {
    sessionId: `cli-${uuidV7()}`,
    statementId: uuidV7(),
    caller: 'cli',
    settings: DEFAULT_SEMANTIC_SETTINGS,
    signal: new AbortController().signal,
    notice: ({ message }) => logger.info(message),
  };
}
