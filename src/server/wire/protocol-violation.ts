import { SqlError } from '../../errors.ts';

/** Bytes that are no message of the protocol: the connection that sent them is closed. */
export function protocolViolation(message: string): SqlError {
  return new SqlError('08P01', message, { severity: 'FATAL' });
}

/** A message whose length is true and whose body is not: it fails alone, for where the next one begins is known. */
export function malformedMessage(message: string): SqlError {
  return new SqlError('08P01', message);
}
