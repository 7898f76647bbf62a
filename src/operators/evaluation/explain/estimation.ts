import type { OperatorSet } from '../../cascade/operator-set.ts';
import type { AnswerBook, Arguments } from '../answer-book.ts';
import { READY } from '../answer-table.ts';
import type { AnswerUse } from '../answer-use.ts';
import type { Answers } from '../answers.ts';
import type { PassAsking } from '../asking.ts';
import { Fifo } from '../fifo.ts';
import type { Asked } from '../asked.ts';
import { LOOKUP_BATCH } from '../known-answers.ts';
import { lookUp } from '../look-up.ts';
import { StatementBooks } from '../statement-books.ts';
import type { StatementScope } from '../statement-scope.ts';
import type { Wanted } from '../asked.ts';
import type { ExpectedPairs } from '../proxy/expected-pairs.ts';
import type { ExpectedProxy } from '../proxy/expected-proxy.ts';
import { ProxiedQuestions } from './proxied-questions.ts';
import { UnpaidCalls } from './unpaid-calls.ts';

/** Taken for the share of true where nothing is known. */
export const ASSUMED_TRUE_SHARE = 0.5;

/** What an operator would ask about the values of a statement together. */
export interface Together {
  readonly unpaid: ReadonlyMap<string, UnpaidCalls>;
  readonly inLog: number;
  readonly assumptions: readonly string[];
}

const NOTHING: Together = Object.freeze({ unpaid: new Map(), inLog: 0, assumptions: Object.freeze([]) });

/** One operator of a statement that was gone through. */
export interface EstimatedOperator {
  readonly use: AnswerUse;
  readonly unpaid: UnpaidCalls;
  /** Calls about its values together, by cascade. */
  readonly together: Together;
  /** null where its answers are not true or false. */
  readonly trueShare: number | null;
  /** The proxies that will be tried where `rvbbit.recall` is below 1. */
  readonly proxies: readonly ExpectedProxy[];
  /** Its pairs in a join, where `rvbbit.recall` is below 1. */
  readonly joins: readonly ExpectedPairs[];
}

/**
 * Goes through the passes of a statement without a call. An answer that neither memory nor log has is made up for
 * the time being: true or false by chance, in the share that the operator's answers have, and NULL for other
 * answers. So a statement asks for about as much as it would with the answers of a model.
 */
export class Estimation implements PassAsking {
  readonly #books: StatementBooks;
  readonly #asked = new Fifo<Asked>();
  readonly #unpaid = new Map<AnswerUse, UnpaidCalls>();
  /** Operators that a pass met and that have no book yet. */
  readonly #unprepared = new Set<string>();
  readonly #trueShares = new Map<AnswerBook, number | null>();
  /** Rows of functions that answer in bulk. */
  #together: Asked[] = [];
  readonly #togetherOf = new Map<AnswerUse, Together>();
  readonly #questions = new Map<AnswerUse, ProxiedQuestions>();
  /** A statement that asks for some rows after the others has no proxy. */
  #walked = false;
  #firstStage = Infinity;
  #misses = 0;
  #judged = 0;

  constructor(
    private readonly answers: Answers,
    private readonly operators: OperatorSet,
    private readonly scope: StatementScope,
    /** Share of true among the answers of an operator; null where nobody knows. */
    private readonly knownShare: (name: string) => Promise<number | null>,
  ) {
    this.#books = new StatementBooks(answers, operators, scope.settings);
  }

  get misses(): number {
    return this.#misses;
  }

  get judged(): number {
    return this.#judged;
  }

  get waiting(): number {
    return this.#asked.size + this.#together.length;
  }

  estimated(): readonly EstimatedOperator[] {
    return this.#books.uses().map((use) => ({
      use,
      unpaid: this.#unpaid.get(use) ?? new UnpaidCalls(),
      together: this.#togetherOf.get(use) ?? NOTHING,
      trueShare: this.#trueShares.get(use.book) ?? null,
      joins: this.#walked ? [] : (this.#questions.get(use)?.joins() ?? []),
      proxies: this.#walked
        ? []
        : (this.#questions.get(use)?.expected(this.#trueShares.get(use.book) ?? null) ?? []),
    }));
  }

  /** Nothing is asked here, so nothing is limited. */
  limitPairs(): void {}

  /** It counts all rows, so all of them are asked of the functions. */
  lookedUp(): void {}

  async prepare(names: Iterable<string>): Promise<void> {
    for (const name of names) await this.#prepare(name);
  }

  beginPass(): void {
    this.#misses = 0;
    this.#firstStage = Infinity;
    for (const use of this.#books.uses()) use.beginPass();
  }

  book(name: string): AnswerBook | undefined {
    const book = this.#books.get(name);
    if (book === undefined) {
      this.#misses += 1;
      this.#unprepared.add(name);
    }
    return book;
  }

  using(book: AnswerBook, rows: number): Uint8Array {
    const use = this.#books.use(book);
    use.asked(rows);
    return use.slots();
  }

  miss(book: AnswerBook, slot: number, args: () => Arguments): boolean {
    const use = this.#books.use(book);
    if (use.gaveUp(slot)) return true;
    const now = book.answerNow?.(args());
    if (now !== undefined) {
      book.table.settle(slot, now);
      return true;
    }
    this.#misses += 1;
    const stage = book.stage ?? 0;
    this.#firstStage = Math.min(this.#firstStage, stage);
    if (use.isWaiting(slot) || stage > this.#firstStage) return false;
    use.ask(slot);
    this.#judged += 1;
    if (book.answerAll === undefined) this.#asked.push({ use, slot, args: args() });
    else this.#together.push({ use, slot, args: args() });
    return false;
  }

  gaveUp(book: AnswerBook, slot: number): boolean {
    return this.#books.use(book).gaveUp(slot);
  }

  standIn(book: AnswerBook, slot: number): unknown {
    if (book.table.stateOf(slot) === READY) return book.table.valueOf(slot);
    const share = this.#trueShares.get(book) ?? null;
    return share === null ? null : chance(slot) < share;
  }

  /** Looks up what was asked for; what the log does not have is to be paid. */
  async settled(): Promise<void> {
    await this.prepare(this.#unprepared);
    await this.#settleTogether();
    while (this.#asked.size > 0) {
      this.scope.signal.throwIfAborted();
      const { found, missing } = await lookUp(this.answers, this.scope, this.#asked.take(LOOKUP_BATCH));
      for (const { want, value } of found) {
        const { use, slot } = want;
        if (use.book.table.stateOf(slot) !== READY) use.book.table.settle(slot, value);
        use.settle(slot, 'log');
        this.#count(want, false);
      }
      for (const want of missing) {
        const { use, slot, call } = want;
        use.giveUp(slot);
        if (call.verified !== undefined) continue;
        this.#unpaidOf(use).add(call, this.answers.pack(call, this.scope));
        this.#count(want, true);
      }
    }
  }

  async progressed(): Promise<void> {
    this.#walked = true;
    await this.settled();
  }

  /** What asks no model is answered; what does is counted. */
  async #settleTogether(): Promise<void> {
    const asked = this.#together;
    this.#together = [];
    for (const use of new Set(asked.map((row) => row.use))) {
      const rows = asked.filter((row) => row.use === use);
      if (this.operators.operators.has(use.name)) await this.#countTogether(use, rows);
      else await this.#answer(use, rows);
    }
  }

  async #countTogether(use: AnswerUse, rows: readonly Asked[]): Promise<void> {
    const args = rows.map((row) => row.args);
    const expected = await use.book.expected?.(args, this.scope, this.scope.signal);
    const before = this.#togetherOf.get(use) ?? NOTHING;
    const unpaid = new Map(before.unpaid);
    for (const call of expected?.unpaid ?? []) {
      const { cascadeId } = call.cascade;
      const calls = unpaid.get(cascadeId) ?? new UnpaidCalls();
      unpaid.set(cascadeId, calls);
      calls.add(call, this.answers.pack(call, this.scope));
    }
    const inLog = before.inLog + (expected?.inLog ?? 0);
    const assumptions = [...new Set([...before.assumptions, ...(expected?.assumptions ?? [])])];
    this.#togetherOf.set(use, Object.freeze({ unpaid, inLog, assumptions }));
    for (const { slot } of rows) use.giveUp(slot);
  }

  async #answer(use: AnswerUse, rows: readonly Asked[]): Promise<void> {
    const args = rows.map((row) => row.args);
    const values = (await use.book.answerAll?.(args, this.scope, this.scope.signal)) ?? [];
    for (const [at, { slot }] of rows.entries()) {
      use.book.table.settle(slot, values[at]);
      use.settle(slot, 'memory');
    }
  }

  #count({ use, args, call }: Wanted, unpaid: boolean): void {
    const questions = this.#questions.get(use) ?? new ProxiedQuestions(this.scope.settings);
    this.#questions.set(use, questions);
    questions.add(call.cascade.sqlFunction, args, unpaid);
  }

  #unpaidOf(use: AnswerUse): UnpaidCalls {
    const unpaid = this.#unpaid.get(use) ?? new UnpaidCalls();
    this.#unpaid.set(use, unpaid);
    return unpaid;
  }

  async #prepare(name: string): Promise<void> {
    await this.#books.prepare(name);
    const book = this.#books.get(name);
    const judges = this.operators.operators.get(name)?.sql.returns.toUpperCase() === 'BOOLEAN';
    if (book === undefined || this.#trueShares.has(book)) return;
    this.#trueShares.set(book, judges ? ((await this.knownShare(name)) ?? ASSUMED_TRUE_SHARE) : null);
  }
}

/** A number from 0 to 1 that is always the same for a slot, and spread evenly over slots. */
function chance(slot: number): number {
  return (Math.imul(slot + 1, 0x9e3779b1) >>> 0) / 2 ** 32;
}
