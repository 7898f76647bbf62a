import { SqlError } from '../../errors.ts';
import type { Cascade, Operator } from '../cascade/cascade.ts';
import type { OperatorSet } from '../cascade/operator-set.ts';
import { DimensionBook } from '../functions/dimension-book.ts';
import { SameBook } from '../functions/same-book.ts';
import type { AnswerBook } from './answer-book.ts';
import { AnswerUse } from './answer-use.ts';
import type { Answers } from './answers.ts';
import { RUN_FUNCTION } from './run-book.ts';
import type { SemanticSettings } from './statement-scope.ts';

/** The books of the operators that a statement calls, and what it does with them. */
export class StatementBooks {
  readonly #byName = new Map<string, AnswerBook>();
  readonly #uses = new Map<AnswerBook, AnswerUse>();
  readonly #preparing = new Map<string, Promise<void>>();

  constructor(
    private readonly answers: Answers,
    private readonly operators: OperatorSet,
    private readonly settings: SemanticSettings,
  ) {}

  get(name: string): AnswerBook | undefined {
    return this.#byName.get(name);
  }

  use(book: AnswerBook): AnswerUse {
    const use = this.#uses.get(book);
    if (use === undefined) throw new Error('the book is not of this statement');
    return use;
  }

  uses(): readonly AnswerUse[] {
    return [...this.#uses.values()];
  }

  /** Makes the book of an operator; once, however often it is asked. Rejects with SqlError 42883. */
  prepare(name: string): Promise<void> {
    const known = this.#preparing.get(name);
    if (known !== undefined) return known;
    const making = this.#make(name);
    this.#preparing.set(name, making);
    return making;
  }

  async prepared(): Promise<void> {
    await Promise.all(this.#preparing.values());
  }

  async #make(name: string): Promise<void> {
    const book = await this.#bookOf(name);
    this.#uses.set(book, new AnswerUse(name, book));
    this.#byName.set(name, book);
  }

  async #bookOf(name: string): Promise<AnswerBook> {
    if (name === RUN_FUNCTION) return this.answers.runBook(this.operators, this.settings);
    const own = this.answers.functions.find(({ sql }) => sql.name === name);
    if (own !== undefined) return own.book();
    const operator = this.operators.operators.get(name);
    if (operator?.sql.shape === 'dimension') return this.#dimension(operator);
    if (operator !== undefined) return this.answers.book(operator, this.settings);
    throw new SqlError('42883', `semantic operator ${name} is not loaded`, {
      hint: 'Its cascade was removed or overridden after this statement was planned. Run the statement again.',
    });
  }

  #dimension(operator: Operator): AnswerBook {
    const { sameBy } = operator.sql;
    if (sameBy !== undefined) {
      const judge = this.#named(operator, sameBy, 'same_by');
      return new SameBook(operator, judge, this.answers, this.answers.embedder, this.settings);
    }
    const assign = this.#named(operator, operator.sql.assignWith ?? '', 'assign_with');
    return new DimensionBook(operator, assign, this.answers, this.settings);
  }

  #named({ sql, cascade }: Operator, id: string, key: string): Cascade {
    const named = this.operators.cascades.get(id);
    if (named !== undefined) return named;
    throw new SqlError('42704', `${sql.name} needs the cascade "${id}", which is not loaded`, {
      hint: `Name another one in "${key}" of ${cascade.file}.`,
    });
  }
}
