import { SqlError } from '../../../errors.ts';
import type { Spent } from '../evaluation-summary.ts';
import { spentText } from './spent-text.ts';

/** A limit on what a statement or a day may spend; 53400. */
export class BudgetReached extends SqlError {
  constructor(
    /** The statement that the request was for. */
    readonly statementId: string,
    /** As it was set: `rvbbit.max_calls = 100`. */
    limit: string,
    hint: string,
  ) {
    super('53400', `the statement was stopped: ${limit} is reached`, { hint });
  }

  /** The same for the user, with what was spent and what is kept. */
  with(spent: Spent, answersKept: number): SqlError {
    const kept = `${answersKept} answer${answersKept === 1 ? '' : 's'}`;
    return new SqlError(this.code, this.message, {
      detail: `Spent: ${spentText(spent)}. Kept: ${kept}, which the statement will not pay for again.`,
      ...(this.hint === undefined ? {} : { hint: this.hint }),
      cause: this,
    });
  }
}
