import type { CallLog } from '../../training/log/call-log.ts';
import type { CellIdentity, ExamplePool, Training } from '../../training/training.ts';
import type { Cascade, Cell, Operator } from '../cascade/cascade.ts';
import type { OperatorSet } from '../cascade/operator-set.ts';
import { embedFunction } from '../functions/embed-function.ts';
import { ShippedEmbedder } from '../models/local/shipped-embedder.ts';
import type { Embedder } from '../models/embedder.ts';
import type { BuiltInFunction } from '../functions/built-in-function.ts';
import type { CascadeAnswer, CascadeCall, CascadeRunner } from '../runner/cascade-runner.ts';
import { proxyRecord, type ProxyAnswer } from '../runner/proxy-record.ts';
import type { PackRunner } from '../runner/pack/pack-runner.ts';
import type { CallScheduler } from '../scheduler/call-scheduler.ts';
import type { Pack } from '../scheduler/pack.ts';
import { takesOf } from '../runner/takes-of.ts';
import { timeOfUuid } from '../runner/uuid-v7.ts';
import { type AnswerBook, OperatorBook } from './answer-book.ts';
import { CallMaker } from './call-maker.ts';
import { cellIdentity } from './cell-identity.ts';
import { mayUseProxy } from './proxy/may-use-proxy.ts';
import { RunBook } from './run-book.ts';
import type { Budget } from './spending/budget.ts';
import { DailyBudget } from './spending/daily-budget.ts';
import { StatementBudget } from './spending/statement-budget.ts';
import { findKnown, lifetimeOf } from './known-answers.ts';
import type { NestedRun, SemanticSettings, StatementScope } from './statement-scope.ts';
import { VerifiedCalls } from './verified-calls.ts';

export interface AnswersParts {
  readonly training: Training;
  readonly log: CallLog;
  readonly runner: CascadeRunner;
  /** Rows go one by one where it is left out. */
  readonly packs?: PackRunner;
  readonly scheduler: CallScheduler;
  /** The configured `provider/model`. */
  readonly defaultModel: string;
  /** Functions that are no cascades: `embed` by the shipped model where it is left out. */
  readonly functions?: readonly BuiltInFunction[];
  /** Makes the vectors of values that are compared: the shipped model where it is left out. */
  readonly embedder?: Embedder;
  /** What the server may spend a day; nothing is bounded where it is left out. */
  readonly day?: DailyBudget;
}

/** Values past this number push out the whole book; those in use stay with the statements that use them. */
const BOOK_VALUES = 4_000_000;
/** Books of former versions, kept because marks are often taken back. */
const BOOKS_AN_OPERATOR = 4;

/**
 * All answers that this process knows or can get: memory first, then the log by key, then a call. A distinct call
 * under way is shared by all statements.
 */
export class Answers {
  readonly #books = new Map<string, Map<string, OperatorBook>>();
  readonly #identities = new WeakMap<Cell, CellIdentity>();
  readonly #day: DailyBudget;
  readonly functions: readonly BuiltInFunction[];
  readonly embedder: Embedder;

  constructor(private readonly parts: AnswersParts) {
    this.#day = parts.day ?? new DailyBudget(null);
    this.embedder = parts.embedder ?? new ShippedEmbedder();
    this.functions = parts.functions ?? [embedFunction(this.embedder)];
  }

  /** The book for an operator as it stands now. */
  async book(operator: Operator, settings: SemanticSettings): Promise<AnswerBook> {
    const { cascade } = operator;
    const models = this.#models(cascade, settings);
    const [pools, verified] = await this.#learned(cascade, settings);
    const own = lifetimeOf(cascade) < Infinity;
    // What a proxy decides is for its statement alone.
    if (own || settings.reuseAnswers === 'none' || mayUseProxy(operator.sql, settings))
      return new OperatorBook(operator, pools, models, verified);
    const version = [
      settings.reuseAnswers,
      cascade.fingerprint,
      ...models,
      ...[...pools].map(([cell, pool]) => `${cell}=${pool.version}`),
      verified?.version ?? 'asked',
    ].join('|');
    return this.#shared(operator, version, () => new OperatorBook(operator, pools, models, verified));
  }

  /** The book of `rvbbit_run` for one statement. */
  runBook(operators: OperatorSet, settings: SemanticSettings): AnswerBook {
    return new RunBook(operators.cascades, (cascade) => this.maker(cascade, settings));
  }

  /** Makes the calls of a cascade at its present marks. */
  async maker(cascade: Cascade, settings: SemanticSettings): Promise<CallMaker> {
    const [pools, verified] = await this.#learned(cascade, settings);
    return new CallMaker(cascade, pools, this.#models(cascade, settings), verified);
  }

  /** After rows of the log are gone: no answer is known from memory any more. */
  forget(): void {
    this.#books.clear();
  }

  /** JSON values by answer key, for the keys that the log knows. */
  async find(
    keys: readonly string[],
    fresh: (answerKey: string, madeAt: number) => boolean = () => true,
  ): Promise<ReadonlyMap<string, unknown>> {
    const found = await this.parts.log.findAnswers(keys);
    const taken = found.filter(({ answerKey, traceId }) => fresh(answerKey, timeOfUuid(traceId)));
    return new Map(taken.map(({ answerKey, answer }) => [answerKey, JSON.parse(answer) as unknown]));
  }

  /** JSON values by question, the newest one where a question was answered under several lists of examples. */
  async findByQuestion(questions: readonly string[]): Promise<ReadonlyMap<string, unknown>> {
    if (questions.length === 0) return new Map();
    const found = await this.parts.log.findByQuestion(questions);
    return new Map(found.map(({ question, answer }) => [question, JSON.parse(answer) as unknown]));
  }

  /** What the calls of one statement may spend. */
  budget(scope: StatementScope): Budget {
    return new StatementBudget(scope, this.#day);
  }

  /** Writes what a proxy decided to the log; no statement finds it there as an answer. */
  recordProxy(call: CascadeCall, answer: ProxyAnswer, scope: StatementScope): void {
    this.parts.log.append(proxyRecord(call, answer, scope));
  }

  /** Resolves when everything that was logged is on disk. */
  logged(): Promise<void> {
    return this.parts.log.flush();
  }

  /** How a call may share a request with others; undefined where it goes alone. */
  pack(call: CascadeCall, scope: StatementScope): Pack | undefined {
    return call.verified === undefined ? this.parts.packs?.offer(call, scope) : undefined;
  }

  /** Makes the call, or joins the one under way. */
  async compute(call: CascadeCall, scope: StatementScope, signal: AbortSignal): Promise<CascadeAnswer> {
    const budget = scope.budget ?? this.budget(scope);
    const paying = { ...scope, budget, nested: this.#nested };
    return this.parts.scheduler.schedule(
      call.answerKey,
      scope.sessionId,
      (callSignal) => this.parts.runner.run(call, paying, callSignal),
      signal,
      this.pack(call, paying),
    );
  }

  /** A cascade within the call of another: it waits for no slot of its own, for its caller holds one. */
  readonly #nested: NestedRun = async (cascade, inputs, scope, signal) => {
    const maker = await this.maker(cascade, scope.settings);
    await maker.prepare([inputs]);
    const call = maker.call(inputs);
    const known = await findKnown(this, [call], scope);
    if (!known.has(call.answerKey)) return this.parts.runner.run(call, scope, signal);
    return { value: known.get(call.answerKey), traceId: '' };
  };

  #models(cascade: Cascade, settings: SemanticSettings): readonly string[] {
    return cascade.cells.map((cell) => {
      const model = settings.model ?? cell.model ?? this.parts.defaultModel;
      const takes = takesOf(cell, settings);
      return takes === cell.takes ? model : `${model} × ${takes?.count}`;
    });
  }

  /** Asked for together, so that the log is asked once what other servers have changed. */
  #learned(cascade: Cascade, settings: SemanticSettings) {
    return Promise.all([this.#pools(cascade), this.#verified(cascade, settings)]);
  }

  async #pools(cascade: Cascade): Promise<ReadonlyMap<string, ExamplePool>> {
    const training = cascade.cells.filter((cell) => cell.training.useTraining);
    const pools = await Promise.all(
      training.map((cell) => this.parts.training.pool(this.#identity(cascade, cell), cell.training)),
    );
    return new Map(training.map((cell, at) => [cell.name, pools[at] as ExamplePool]));
  }

  async #verified(cascade: Cascade, settings: SemanticSettings): Promise<VerifiedCalls | null> {
    const last = cascade.cells.at(-1);
    if (last === undefined) return null;
    // Whether they are used or not: asking is how what other servers have deleted is forgotten.
    const answers = await this.parts.training.verifiedAnswers?.(this.#identity(cascade, last));
    if (!settings.useVerified) return null;
    return answers === undefined || answers.byInputs.size === 0 ? null : new VerifiedCalls(last, answers);
  }

  #identity(cascade: Cascade, cell: Cell): CellIdentity {
    const identity = this.#identities.get(cell) ?? cellIdentity(cascade, cell);
    this.#identities.set(cell, identity);
    return identity;
  }

  #shared(operator: Operator, version: string, make: () => OperatorBook): OperatorBook {
    const versions = this.#books.get(operator.sql.name) ?? new Map<string, OperatorBook>();
    this.#books.set(operator.sql.name, versions);
    const known = versions.get(version);
    const book = known !== undefined && known.table.size < BOOK_VALUES ? known : make();
    versions.delete(version);
    versions.set(version, book);
    for (const old of versions.keys()) {
      if (versions.size <= BOOKS_AN_OPERATOR) break;
      versions.delete(old);
    }
    return book;
  }
}
