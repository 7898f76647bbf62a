import { SqlError } from '../../../errors.ts';

/** Sends a request and gives the body of the client's answer. */
export type Ask = (request: Buffer) => Promise<Buffer>;

export function refused(user: string): SqlError {
  return new SqlError('28P01', `password authentication failed for user "${user}"`, { severity: 'FATAL' });
}
