import { SqlError } from '../../errors.ts';

/** A request that cannot be meant: which field is wrong, and why. Answered with 400. */
export class BadRequest extends SqlError {
  constructor(
    readonly field: string,
    readonly reason: string,
  ) {
    super('22023', `${field}: ${reason}`);
  }
}
