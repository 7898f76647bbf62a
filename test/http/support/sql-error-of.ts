import { SqlError } from '../../../src/errors.ts';

export function sqlErrorOf(error: unknown, otherwise: () => SqlError): SqlError {
  return error instanceof SqlError ? error : otherwise();
}
