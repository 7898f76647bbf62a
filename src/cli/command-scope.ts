import type { Logger } from 'pino';
import { DEFAULT_SEMANTIC_SETTINGS, type StatementScope } from '../operators/evaluation/statement-scope.ts';
import { uuidV7 } from '../operators/runner/uuid-v7.ts';

/** What a command lends to the calls it makes. */
export function commandScope(
  logger: Logger,
  signal: AbortSignal = new AbortController().signal,
): StatementScope {
  return {
    sessionId: `cli-${uuidV7()}`,
    statementId: uuidV7(),
    caller: 'cli',
    settings: DEFAULT_SEMANTIC_SETTINGS,
    signal,
    notice: ({ message }) => logger.info(message),
  };
}
