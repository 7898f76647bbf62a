import type { AnswerUse } from './answer-use.ts';
import type { Asked } from './asked.ts';
import type { StatementScope } from './statement-scope.ts';

export interface AnsweredTogether {
  readonly use: AnswerUse;
  readonly slot: number;
  readonly value: unknown;
}

/** Rows of functions that answer in bulk, until their pass has ended. */
export class AskedTogether {
  readonly #rows = new Map<AnswerUse, Asked[]>();

  add(asked: Asked): void {
    const rows = this.#rows.get(asked.use);
    if (rows === undefined) this.#rows.set(asked.use, [asked]);
    else rows.push(asked);
  }

  /** The answers of all rows so far. Rejects as the books do. */
  async answers(scope: StatementScope, signal: AbortSignal): Promise<readonly AnsweredTogether[]> {
    const books = [...this.#rows];
    this.#rows.clear();
    const answered = await Promise.all(books.map(([use, rows]) => answersOf(use, rows, scope, signal)));
    return answered.flat();
  }
}

async function answersOf(
  use: AnswerUse,
  rows: readonly Asked[],
  scope: StatementScope,
  signal: AbortSignal,
): Promise<readonly AnsweredTogether[]> {
  const args = rows.map((row) => row.args);
  const values = (await use.book.answerAll?.(args, scope, signal)) ?? [];
  if (values.length !== rows.length)
    throw new Error(`${use.name} answered ${values.length} of ${rows.length} rows`);
  return rows.map(({ slot }, at) => ({ use, slot, value: values[at] }));
}
