import type { CallLog } from '../../training/log/call-log.ts';
import type { ExamplePool, Training } from '../../training/training.ts';
import type { Cell, Operator } from '../cascade/cascade.ts';
import type { CascadeCall, CascadeRunner } from '../runner/cascade-runner.ts';
import type { CallScheduler } from '../scheduler/call-scheduler.ts';
import { AnswerBook } from './answer-book.ts';
import type { SemanticSettings, StatementScope } from './statement-scope.ts';

export interface AnswersParts {
  readonly training: Training;
  readonly log: CallLog;
  readonly runner: CascadeRunner;
  readonly scheduler: CallScheduler;
  /** The configured `provider/model`. */
  readonly defaultModel: string;
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
  readonly #books = new Map<string, Map<string, AnswerBook>>();

  constructor(private readonly parts: AnswersParts) {}

  /** The book for an operator as it stands now. */
  async book(operator: Operator, settings: SemanticSettings): Promise<AnswerBook> {
    const { cascade } = operator;
    const pools = await this.#pools(operator);
    const models = cascade.cells.map((cell) => settings.model ?? cell.model ?? this.parts.defaultModel);
    if (settings.reuseAnswers === 'none') return new AnswerBook(operator, pools, models);
    const version = [
      cascade.fingerprint,
      ...models,
      ...[...pools].map(([cell, pool]) => `${cell}=${pool.version}`),
    ].join('|');
    return this.#shared(operator, version, () => new AnswerBook(operator, pools, models));
  }

  /** JSON values by answer key, for the keys that the log knows. */
  async find(keys: readonly string[]): Promise<ReadonlyMap<string, unknown>> {
    const found = await this.parts.log.findAnswers(keys);
    return new Map(found.map(({ answerKey, answer }) => [answerKey, JSON.parse(answer) as unknown]));
  }

  /** Makes the call, or joins the one under way. */
  async compute(call: CascadeCall, scope: StatementScope, signal: AbortSignal): Promise<unknown> {
    const answer = await this.parts.scheduler.schedule(
      call.answerKey,
      scope.sessionId,
      (callSignal) => this.parts.runner.run(call, scope, callSignal),
      signal,
    );
    return answer.value;
  }

  async #pools(operator: Operator): Promise<ReadonlyMap<string, ExamplePool>> {
    const criterion = operator.sql.args.find((arg) => arg.role === 'criterion')?.name ?? null;
    const training = operator.cascade.cells.filter((cell) => cell.training.useTraining);
    const pools = await Promise.all(
      training.map((cell) => this.parts.training.pool(identityOf(operator, cell, criterion), cell.training)),
    );
    return new Map(training.map((cell, at) => [cell.name, pools[at] as ExamplePool]));
  }

  #shared(operator: Operator, version: string, make: () => AnswerBook): AnswerBook {
    const versions = this.#books.get(operator.sql.name) ?? new Map<string, AnswerBook>();
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

function identityOf(operator: Operator, cell: Cell, criterionArg: string | null) {
  return Object.freeze({
    cascadeId: operator.cascade.cascadeId,
    cellName: cell.name,
    fingerprint: cell.fingerprint,
    criterionArg,
  });
}
