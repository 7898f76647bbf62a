import { SqlError } from '../../../errors.ts';

/** The rows that RETURNING would see are known only after the change. */
export function refusedReturning(clause: string): SqlError {
  return new SqlError('0A000', `RETURNING cannot call a semantic operator together with ${clause}`, {
    hint: 'Return the columns, and apply the operator in a SELECT over the changed rows.',
  });
}
