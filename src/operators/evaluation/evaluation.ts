import { setMaxListeners } from 'node:events';
import { SqlError } from '../../errors.ts';
import type { OperatorSet } from '../cascade/operator-set.ts';
import type { CascadeCall } from '../runner/cascade-runner.ts';
import type { AnswerBook, Arguments } from './answer-book.ts';
import { FAILED, READY } from './answer-table.ts';
import type { Answers } from './answers.ts';
import type { PassAsking } from './asking.ts';
import { CallQueue, toSqlError } from './call-queue.ts';
import type { Wanted } from './asked.ts';
import type { AnswerOrigin } from './answer-use.ts';
import type { EvaluationSummary } from './evaluation-summary.ts';
import { AskedTogether } from './asked-together.ts';
import { Fifo } from './fifo.ts';
import type { Asked } from './asked.ts';
import { LOOKUP_BATCH } from './known-answers.ts';
import { lookUp } from './look-up.ts';
import { ProgressNotices } from './progress/progress-notices.ts';
import type { StatementProgress } from './progress/statements-in-flight.ts';
import { Proxies } from './proxy/proxies.ts';
import type { ProxyModel } from './proxy/proxy-model.ts';
import type { Budget } from './spending/budget.ts';
import { StatementBooks } from './statement-books.ts';
import type { StatementScope } from './statement-scope.ts';
import { TrainingNotices } from './training-notices.ts';

/**
 * The evaluation of the semantic operators of one statement. A pass over the data asks for what it misses; `settled`
 * resolves when all of it is answered, and the next pass finds it. Answers are had in this order: the operator's
 * book, the log (many keys a query), a call. Calls start as soon as they are known to be needed, at most `window` of
 * them handed to the scheduler at once, so that a queued value costs its arguments and a few words: measured, 420
 * bytes a distinct value while it waits, its text of 90 characters included, and 150 that stay in the book.
 */
export class Evaluation implements PassAsking {
  readonly #books: StatementBooks;
  readonly #asked = new Fifo<Asked>();
  readonly #together = new AskedTogether();
  readonly #calls: CallQueue;
  readonly #abort = new AbortController();
  readonly #signal: AbortSignal;
  readonly #notices: TrainingNotices;
  readonly #progressNotices: ProgressNotices;
  readonly #startedAt = Date.now();
  readonly #proxies: Proxies | null;
  /** Left to the model when their pass had ended. */
  readonly #released = new Fifo<Asked>();
  #looking = false;
  #whenLooked: (() => void) | null = null;
  #open = 0;
  #answered = 0;
  #failed = 0;
  #failure: SqlError | null = null;
  #firstCause: SqlError | null = null;
  #wake: (() => void) | null = null;
  #wakeOn: 'answer' | 'all' = 'all';
  #misses = 0;
  /** The earliest stage of which the pass at hand missed something. */
  #firstStage = Infinity;
  #judged = 0;
  #settled = 0;
  #settledBefore = 0;
  #closed = false;

  constructor(
    private readonly answers: Answers,
    operators: OperatorSet,
    private readonly scope: StatementScope & { readonly budget: Budget },
    window: number,
    private readonly onClose: () => void = () => undefined,
    /** Decides the clear values where `rvbbit.recall` is below 1; null has the model decide all. */
    proxyModel: ProxyModel | null = null,
  ) {
    this.#books = new StatementBooks(answers, operators, scope.settings);
    this.#signal = AbortSignal.any([scope.signal, this.#abort.signal]);
    // Every call in flight listens.
    setMaxListeners(0, this.#signal);
    this.#signal.addEventListener('abort', () => this.#ended(), { once: true });
    this.#notices = new TrainingNotices(scope);
    this.#progressNotices = new ProgressNotices(scope, () => this.progress);
    this.#proxies = proxyModel === null ? null : this.#openProxies(proxyModel);
    this.#calls = new CallQueue(answers, scope, this.#signal, window, {
      calling: (call) => this.#notices.calling(call),
      answered: (want, value, from, ms) => {
        if (from === 'model') this.onAnswer?.(want.call, value, ms);
        this.#settle(want, value, from);
      },
      failed: (want, error) => this.#giveUp(want, error),
      outOfBudget: (error) => this.#fail(error.with(scope.budget.spent, this.#answered)),
      room: () => this.#lookSoon(),
    });
  }

  /** Rows of the pass at hand whose answer was not there. */
  get misses(): number {
    return this.#misses;
  }

  get progress(): StatementProgress {
    const { sessionId, statementId, caller, sql = '', budget } = this.scope;
    const seconds = (Date.now() - this.#startedAt) / 1000;
    return Object.freeze({
      ...{ statementId, sessionId, caller, sql, startedAt: this.#startedAt },
      callsDone: this.#answered,
      callsToDo: this.#open,
      callsInFlight: this.#calls.inFlight,
      callsFailed: this.#failed,
      spent: budget.spent,
      etaSeconds: this.#answered === 0 ? null : (seconds / this.#answered) * this.#open,
    });
  }

  get summary(): EvaluationSummary {
    return Object.freeze({
      operators: Object.freeze(this.#books.uses().map((use) => use.counts())),
      spent: this.scope.budget.spent,
      durationMs: Date.now() - this.#startedAt,
    });
  }

  /** Answers that the statement asked for, because memory did not have them. */
  get judged(): number {
    return this.#judged;
  }

  /** Answers that are still waited for. */
  get waiting(): number {
    return this.#open;
  }

  beginPass(): void {
    this.#misses = 0;
    this.#firstStage = Infinity;
    this.#settledBefore = this.#settled;
    for (const use of this.#books.uses()) use.beginPass();
  }

  /**
   * Most answers waited for at once. A miss past it is counted but not asked for, so that a statement that needs
   * few rows judges few.
   */
  quota = Number.POSITIVE_INFINITY;

  /** Told of each answer that a call gave, with the milliseconds it took. */
  onAnswer: ((call: CascadeCall, value: unknown, ms: number) => void) | null = null;

  limitPairs(operator: string): void {
    this.#proxies?.limitPairs(operator);
  }

  lookedUp(operator: string, answers: number): void {
    const book = this.#books.get(operator);
    if (book !== undefined) this.#books.use(book).lookedUp(answers);
  }

  /** Makes the books of these operators ready, so that the first pass can ask at once. */
  async prepare(names: Iterable<string>): Promise<void> {
    await Promise.all([...names].map((name) => this.#books.prepare(name)));
  }

  /** Where the operator was not prepared, its book is made for the next pass. */
  book(name: string): AnswerBook | undefined {
    const book = this.#books.get(name);
    if (book === undefined) {
      this.#misses += 1;
      this.#books.prepare(name).catch((error: unknown) => this.#fail(toSqlError(error)));
    }
    return book;
  }

  using(book: AnswerBook, rows: number): Uint8Array {
    const use = this.#books.use(book);
    use.asked(rows);
    return use.slots();
  }

  /** Whether the call of this slot failed and the statement goes on with NULL for it. */
  gaveUp(book: AnswerBook, slot: number): boolean {
    return this.#books.use(book).gaveUp(slot);
  }

  /** NULL, or the answer that was had at once. */
  standIn(book: AnswerBook, slot: number): unknown {
    return book.table.stateOf(slot) === READY ? book.table.valueOf(slot) : null;
  }

  /** Goes on with NULL for a row whose call failed where `rvbbit.on_error = 'null'`. */
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
    if (use.isWaiting(slot) || this.#open >= this.quota || stage > this.#firstStage) return false;
    if (book.table.stateOf(slot) === FAILED) book.table.retry(slot);
    use.ask(slot);
    this.#open += 1;
    this.#judged += 1;
    if (book.answerAll === undefined) this.#asked.push({ use, slot, args: args() });
    else this.#together.add({ use, slot, args: args() });
    this.#lookSoon();
    return false;
  }

  /** Resolves when everything asked for is answered. Rejects with the first failure, and stops the other calls. */
  async settled(): Promise<void> {
    await this.#books.prepared();
    await this.#answerTogether();
    await this.#decideByProxy();
    while (this.#failure === null && this.#open > 0 && !this.scope.signal.aborted) await this.#woken('all');
    this.#throwFailure();
  }

  /**
   * Resolves when one more answer is there than when the last pass began, or nothing is waited for. Rejects as
   * `settled` does.
   */
  async progressed(): Promise<void> {
    await this.#books.prepared();
    await this.#answerTogether();
    this.#proxies?.releaseAll();
    const waits = this.#settled === this.#settledBefore && this.#open > 0;
    if (waits && this.#failure === null && !this.scope.signal.aborted) await this.#woken('answer');
    this.#throwFailure();
  }

  /** Ends the statement's interest: calls that no other statement waits for are aborted. */
  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#progressNotices.close();
    this.#abort.abort(new SqlError('57014', 'the statement has ended'));
    if (this.#failed > 0 && this.#failure === null) this.#warnOfNulls();
    this.#notices.payingAgain(this.#books.uses());
    this.onClose();
    this.scope.evaluated?.(this.summary);
  }

  #woken(when: 'answer' | 'all'): Promise<void> {
    return new Promise((resolve) => {
      this.#wakeOn = when;
      this.#wake = resolve;
    });
  }

  /** What is answered in bulk is asked for when a pass has ended, and all of it is known. */
  async #answerTogether(): Promise<void> {
    try {
      const answers = await this.#together.answers(this.scope, this.#signal);
      for (const { use, slot, value } of answers) {
        if (use.book.table.stateOf(slot) !== READY) use.book.table.settle(slot, value);
        if (use.settle(slot, 'memory')) this.#finish();
      }
    } catch (error) {
      this.#fail(toSqlError(error));
    }
  }

  #throwFailure(): void {
    this.scope.signal.throwIfAborted();
    if (this.#failure !== null) throw this.#failure;
  }

  #lookSoon(): void {
    if (this.#looking || this.#asked.size + this.#released.size === 0 || this.#closed) return;
    this.#looking = true;
    setImmediate(() => {
      this.#look().catch((error: unknown) => this.#fail(toSqlError(error)));
    });
  }

  /** Stops where enough calls wait; there is no hurry to turn more arguments into calls. */
  async #look(): Promise<void> {
    while (this.#asked.size + this.#released.size > 0 && !this.#signal.aborted && !this.#calls.isFull) {
      for (const asked of this.#released.take(LOOKUP_BATCH)) {
        this.#calls.push({ ...asked, call: asked.use.book.call(asked.args) });
      }
      const { found, missing } = await lookUp(this.answers, this.scope, this.#asked.take(LOOKUP_BATCH));
      for (const { want, value } of found) {
        this.#proxies?.know(want);
        this.#settle(want, value, want.call.verified === undefined ? 'log' : 'human');
      }
      for (const want of missing) if (this.#proxies?.hold(want) !== true) this.#calls.push(want);
      if (this.#asked.size === 0) this.#notices.payingAgain(this.#books.uses());
      this.#calls.start();
    }
    this.#looking = false;
    this.#whenLooked?.();
  }

  #openProxies(model: ProxyModel): Proxies {
    return new Proxies(model, this.scope, {
      ask: (values) => this.#ask(values),
      release: (values) => {
        for (const value of values) this.#released.push(value);
        this.#lookSoon();
      },
      decided: (asked, value, probability) => {
        const answer = { value, probability, embedder: model.embedder.name };
        this.answers.recordProxy(asked.use.book.call(asked.args), answer, this.scope);
        this.#settle(asked, value, 'proxy');
      },
      logged: () => this.answers.logged(),
    });
  }

  /** Once all that the pass missed was looked up. */
  async #decideByProxy(): Promise<void> {
    if (this.#proxies === null) return;
    try {
      while (this.#looking || this.#asked.size > 0) {
        if (this.#signal.aborted) return;
        await new Promise<void>((resolve) => (this.#whenLooked = resolve));
      }
      await this.#proxies.decide();
    } catch (error) {
      this.#fail(toSqlError(error));
    }
  }

  /** Resolves when the model has answered these. Rejects when the statement ends before. */
  async #ask(values: readonly Asked[]): Promise<void> {
    if (values.length === 0) return;
    await new Promise<void>((resolve, reject) => {
      let left = values.length;
      const done = (): void => {
        left -= 1;
        if (left === 0) resolve();
      };
      this.#signal.addEventListener('abort', () => reject(toSqlError(this.#signal.reason)), { once: true });
      for (const value of values) this.#released.push({ ...value, done });
      this.#lookSoon();
    });
  }

  #settle({ use, slot, done }: Asked, value: unknown, from: AnswerOrigin): void {
    if (use.book.table.stateOf(slot) !== READY) use.book.table.settle(slot, value);
    if (from === 'model' || from === 'human') this.#answered += 1;
    if (use.settle(slot, from)) this.#finish();
    done?.();
  }

  #giveUp(want: Wanted, error: SqlError): void {
    if (this.#signal.aborted) return;
    const { use, slot } = want;
    if (use.book.table.stateOf(slot) !== READY) use.book.table.fail(slot);
    this.#failed += 1;
    const failure = this.#described(want.call, error);
    if (this.scope.settings.onError === 'error') {
      this.#fail(failure);
      return;
    }
    this.#firstCause ??= failure;
    if (use.giveUp(slot)) this.#finish();
    want.done?.();
  }

  #described(call: CascadeCall, error: SqlError): SqlError {
    const name = call.cascade.sqlFunction?.name ?? call.cascade.cascadeId;
    return new SqlError(
      error.code,
      `${name}: ${this.#failed} of ${this.#calls.made} calls failed: ${error.message}`,
      {
        ...(error.detail === undefined ? {} : { detail: error.detail }),
        hint: error.hint ?? NULL_HINT,
        cause: error,
      },
    );
  }

  #finish(): void {
    this.#open -= 1;
    this.#settled += 1;
    if (this.#open === 0 || this.#wakeOn === 'answer') this.#wake?.();
  }

  #fail(error: SqlError): void {
    if (this.#signal.aborted) return;
    this.#failure ??= error;
    this.#abort.abort(error);
    this.#ended();
  }

  #ended(): void {
    this.#wake?.();
    this.#whenLooked?.();
  }

  #warnOfNulls(): void {
    const first = this.#firstCause;
    this.scope.notice({
      severity: 'WARNING',
      code: first?.code ?? '01000',
      message: `${this.#failed} of ${this.#calls.made} calls failed and gave NULL`,
      ...(first === null ? {} : { detail: first.message }),
    });
  }
}

const NULL_HINT =
  "Answers that were paid for are kept. SET rvbbit.on_error = 'null' gives NULL for such rows instead.";
