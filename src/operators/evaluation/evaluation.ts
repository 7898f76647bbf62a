import { setMaxListeners } from 'node:events';
import { messageOf, SqlError } from '../../errors.ts';
import type { Operator } from '../cascade/cascade.ts';
import type { OperatorSet } from '../cascade/operator-set.ts';
import type { CascadeCall } from '../runner/cascade-runner.ts';
import type { AnswerBook, Arguments } from './answer-book.ts';
import { FAILED, READY } from './answer-table.ts';
import type { Answers } from './answers.ts';
import { Fifo } from './fifo.ts';
import { RUN_FUNCTION } from './run-book.ts';
import type { StatementScope } from './statement-scope.ts';
import { TrainingNotices } from './training-notices.ts';

/** Keys looked up in the log in one query. */
const LOOKUP_BATCH = 4096;

interface Asked {
  readonly book: AnswerBook;
  readonly slot: number;
  readonly args: Arguments;
}

interface Wanted {
  readonly book: AnswerBook;
  readonly slot: number;
  readonly call: CascadeCall;
}

/**
 * The evaluation of the semantic operators of one statement. A pass over the data asks for what it misses; `settled`
 * resolves when all of it is answered, and the next pass finds it. Answers are had in this order: the operator's
 * book, the log (many keys a query), a call. Calls start as soon as they are known to be needed, at most `window` of
 * them handed to the scheduler at once, so that a queued value costs its arguments and a few words.
 */
export class Evaluation {
  readonly #books = new Map<string, AnswerBook>();
  readonly #preparing = new Map<string, Promise<void>>();
  readonly #waiting = new Map<AnswerBook, Set<number>>();
  readonly #gaveUp = new Map<AnswerBook, Set<number>>();
  readonly #asked = new Fifo<Asked>();
  readonly #wanted = new Fifo<Wanted>();
  readonly #abort = new AbortController();
  readonly #signal: AbortSignal;
  readonly #notices: TrainingNotices;
  #looking = false;
  #inFlight = 0;
  #open = 0;
  #calls = 0;
  #failed = 0;
  #failure: SqlError | null = null;
  #firstCause: SqlError | null = null;
  #wake: (() => void) | null = null;
  #wakeOn: 'answer' | 'all' = 'all';
  #misses = 0;
  #judged = 0;
  #answered = 0;
  #answeredBefore = 0;

  constructor(
    private readonly answers: Answers,
    private readonly operators: OperatorSet,
    private readonly scope: StatementScope,
    private readonly window: number,
  ) {
    this.#signal = AbortSignal.any([scope.signal, this.#abort.signal]);
    // Every call in flight listens.
    setMaxListeners(0, this.#signal);
    this.#notices = new TrainingNotices(scope);
  }

  /** Rows of the pass at hand whose answer was not there. */
  get misses(): number {
    return this.#misses;
  }

  /** Answers that the statement asked for, because memory did not have them. */
  get judged(): number {
    return this.#judged;
  }

  beginPass(): void {
    this.#misses = 0;
    this.#answeredBefore = this.#answered;
  }

  /** Whether the call of this slot failed and the statement goes on with NULL for it. */
  gaveUp(book: AnswerBook, slot: number): boolean {
    return this.#gaveUp.get(book)?.has(slot) === true;
  }

  /**
   * Most answers waited for at once. A miss past it is counted but not asked for, so that a statement that needs
   * few rows judges few.
   */
  quota = Number.POSITIVE_INFINITY;

  /** Makes the books of these operators ready, so that the first pass can ask at once. */
  async prepare(names: Iterable<string>): Promise<void> {
    await Promise.all([...names].map((name) => this.#prepare(name)));
  }

  /** Undefined where the operator was not prepared: the row is missed and the book is made for the next pass. */
  book(name: string): AnswerBook | undefined {
    const book = this.#books.get(name);
    if (book === undefined) {
      this.#misses += 1;
      this.#prepare(name).catch((error: unknown) => this.#fail(toSqlError(error)));
    }
    return book;
  }

  /**
   * A row whose slot is not READY. Returns true where the statement goes on with NULL for it
   * (`rvbbit.on_error = 'null'`), false where the row is missed and asked for.
   */
  miss(book: AnswerBook, slot: number, args: () => Arguments): boolean {
    if (this.gaveUp(book, slot)) return true;
    this.#misses += 1;
    const waiting = setOf(this.#waiting, book);
    if (waiting.has(slot) || this.#open >= this.quota) return false;
    if (book.table.stateOf(slot) === FAILED) book.table.retry(slot);
    waiting.add(slot);
    this.#open += 1;
    this.#judged += 1;
    this.#asked.push({ book, slot, args: args() });
    this.#lookSoon();
    return false;
  }

  /** Resolves when everything asked for is answered. Rejects with the first failure, and stops the other calls. */
  async settled(): Promise<void> {
    await Promise.all(this.#preparing.values());
    while (this.#failure === null && this.#open > 0 && !this.scope.signal.aborted) await this.#woken('all');
    this.#throwFailure();
  }

  /**
   * Resolves when one more answer is there than when the last pass began, or nothing is waited for. Rejects as
   * `settled` does.
   */
  async progressed(): Promise<void> {
    await Promise.all(this.#preparing.values());
    const waits = this.#answered === this.#answeredBefore && this.#open > 0;
    if (waits && this.#failure === null && !this.scope.signal.aborted) await this.#woken('answer');
    this.#throwFailure();
  }

  /** Ends the statement's interest: calls that no other statement waits for are aborted. */
  close(): void {
    this.#abort.abort(new SqlError('57014', 'the statement has ended'));
    if (this.#failed > 0 && this.#failure === null) this.#warnOfNulls();
  }

  #woken(when: 'answer' | 'all'): Promise<void> {
    return new Promise((resolve) => {
      this.#wakeOn = when;
      this.#wake = resolve;
      this.#signal.addEventListener('abort', () => resolve(), { once: true });
    });
  }

  #throwFailure(): void {
    this.scope.signal.throwIfAborted();
    if (this.#failure !== null) throw this.#failure;
  }

  #prepare(name: string): Promise<void> {
    const known = this.#preparing.get(name);
    if (known !== undefined) return known;
    const making = this.#makeBook(name);
    this.#preparing.set(name, making);
    return making;
  }

  async #makeBook(name: string): Promise<void> {
    this.#books.set(name, await this.#bookOf(name));
  }

  async #bookOf(name: string): Promise<AnswerBook> {
    if (name === RUN_FUNCTION) return this.answers.runBook(this.operators, this.scope.settings);
    const operator: Operator | undefined = this.operators.operators.get(name);
    if (operator === undefined) {
      throw new SqlError('42883', `semantic operator ${name} is not loaded`, {
        hint: 'Its cascade was removed or overridden after this statement was planned. Run the statement again.',
      });
    }
    return this.answers.book(operator, this.scope.settings);
  }

  #lookSoon(): void {
    if (this.#looking) return;
    this.#looking = true;
    setImmediate(() => {
      this.#lookUp().catch((error: unknown) => this.#fail(toSqlError(error)));
    });
  }

  async #lookUp(): Promise<void> {
    while (this.#asked.size > 0 && !this.#signal.aborted) {
      const batch = this.#asked.take(LOOKUP_BATCH);
      await prepareBooks(batch);
      const wanted = batch.map(({ book, slot, args }) => ({ book, slot, call: book.call(args) }));
      const found = await this.#known(wanted);
      for (const want of wanted) {
        const { answerKey } = want.call;
        if (found.has(answerKey)) this.#settle(want, found.get(answerKey));
        else this.#wanted.push(want);
      }
      this.#startCalls();
    }
    this.#looking = false;
  }

  async #known(wanted: readonly Wanted[]): Promise<ReadonlyMap<string, unknown>> {
    if (this.scope.settings.reuseAnswers === 'none') return new Map();
    return this.answers.find([...new Set(wanted.map(({ call }) => call.answerKey))]);
  }

  #startCalls(): void {
    while (this.#inFlight < this.window && !this.#signal.aborted) {
      const [want] = this.#wanted.take(1);
      if (want === undefined) return;
      this.#inFlight += 1;
      this.#calls += 1;
      void this.#call(want);
    }
  }

  async #call(want: Wanted): Promise<void> {
    if (want.book.table.stateOf(want.slot) === READY) {
      this.#calls -= 1;
      this.#settle(want, want.book.table.valueOf(want.slot));
    } else {
      this.#notices.calling(want.call);
      try {
        this.#settle(want, (await this.answers.compute(want.call, this.scope, this.#signal)).value);
      } catch (error) {
        this.#giveUp(want, toSqlError(error));
      }
    }
    this.#inFlight -= 1;
    this.#startCalls();
  }

  #settle({ book, slot }: Wanted, value: unknown): void {
    book.table.settle(slot, value);
    this.#finish(book, slot);
  }

  #giveUp({ book, slot, call }: Wanted, error: SqlError): void {
    if (this.#signal.aborted) return;
    if (book.table.stateOf(slot) !== READY) book.table.fail(slot);
    this.#failed += 1;
    const failure = this.#described(call, error);
    if (this.scope.settings.onError === 'error') {
      this.#fail(failure);
      return;
    }
    this.#firstCause ??= failure;
    setOf(this.#gaveUp, book).add(slot);
    this.#finish(book, slot);
  }

  #described(call: CascadeCall, error: SqlError): SqlError {
    const name = call.cascade.sqlFunction?.name ?? call.cascade.cascadeId;
    return new SqlError(
      error.code,
      `${name}: ${this.#failed} of ${this.#calls} calls failed: ${error.message}`,
      {
        ...(error.detail === undefined ? {} : { detail: error.detail }),
        hint: error.hint ?? NULL_HINT,
        cause: error,
      },
    );
  }

  #finish(book: AnswerBook, slot: number): void {
    if (this.#waiting.get(book)?.delete(slot) !== true) return;
    this.#open -= 1;
    this.#answered += 1;
    if (this.#open === 0 || this.#wakeOn === 'answer') this.#wake?.();
  }

  #fail(error: SqlError): void {
    if (this.#signal.aborted) return;
    this.#failure ??= error;
    this.#abort.abort(error);
    this.#wake?.();
  }

  #warnOfNulls(): void {
    const first = this.#firstCause;
    this.scope.notice({
      severity: 'WARNING',
      code: first?.code ?? '01000',
      message: `${this.#failed} of ${this.#calls} calls failed and gave NULL`,
      ...(first === null ? {} : { detail: first.message }),
    });
  }
}

const NULL_HINT =
  "Answers that were paid for are kept. SET rvbbit.on_error = 'null' gives NULL for such rows instead.";

async function prepareBooks(batch: readonly Asked[]): Promise<void> {
  const books = new Set(batch.map(({ book }) => book));
  for (const book of books) {
    await book.prepare?.(batch.filter((asked) => asked.book === book).map(({ args }) => args));
  }
}

function setOf(map: Map<AnswerBook, Set<number>>, book: AnswerBook): Set<number> {
  const known = map.get(book);
  if (known !== undefined) return known;
  const made = new Set<number>();
  map.set(book, made);
  return made;
}

function toSqlError(error: unknown): SqlError {
  if (error instanceof SqlError) return error;
  return new SqlError('XX000', messageOf(error), { cause: error });
}
