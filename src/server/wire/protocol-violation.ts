import { SqlError } from '../../errors.ts';

/** Bytes that are no message of the protocol: the connection that sent them is closed. */
export function protocolViolation(message: string): SqlError {
  return new SqlError('08P01', message, { severity: 'FATAL' });
}
