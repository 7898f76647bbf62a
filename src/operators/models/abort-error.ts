import { SqlError } from '../../errors.ts';

/** The reason of an aborted signal where it is a SqlError, else 57014. */
export function abortError(signal: AbortSignal): SqlError {
  if (signal.reason instanceof SqlError) return signal.reason;
  return new SqlError('57014', 'model call canceled', { cause: signal.reason });
}
