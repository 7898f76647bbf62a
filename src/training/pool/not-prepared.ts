import { SqlError } from '../../errors.ts';
import type { CellIdentity } from '../training.ts';

/** A mistake of the program: a row was picked for before `prepare` had it. */
export function notPrepared({ cascadeId, cellName }: CellIdentity): SqlError {
  return new SqlError('XX000', `examples of ${cascadeId}.${cellName} were picked for a row not prepared`);
}
