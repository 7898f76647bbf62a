import { SqlError, messageOf } from '../../errors.ts';
import type { CascadeCall } from '../runner/cascade-runner.ts';
import { READY } from './answer-table.ts';
import type { Wanted } from './asked.ts';
import type { Answers } from './answers.ts';
import { Fifo } from './fifo.ts';
import { BudgetReached } from './spending/budget-reached.ts';
import type { StatementScope } from './statement-scope.ts';

/** Calls that wait while others are looked up in the log, so that no slot idles: about half a kilobyte each. */
const WAITING_AHEAD = 1_024;

export interface CallEnds {
  /** Before a call is made. */
  calling(call: CascadeCall): void;
  /** `ms`: how long the call took; 0 from memory. */
  answered(want: Wanted, value: unknown, from: 'memory' | 'model' | 'human', ms: number): void;
  failed(want: Wanted, error: SqlError): void;
  /** The statement may spend no more; every call under way has ended. */
  outOfBudget(error: BudgetReached): void;
  /** Fewer calls wait than could be started soon. */
  room(): void;
}

/** The calls of one statement: at most `window` of them are with the scheduler at once, the others wait here. */
export class CallQueue {
  readonly #wanted = new Fifo<Wanted>();
  #inFlight = 0;
  #made = 0;
  #stopped: BudgetReached | null = null;

  constructor(
    private readonly answers: Answers,
    private readonly scope: StatementScope,
    private readonly signal: AbortSignal,
    private readonly window: number,
    private readonly ends: CallEnds,
  ) {}

  get inFlight(): number {
    return this.#inFlight;
  }

  /** Calls handed to the scheduler so far. */
  get made(): number {
    return this.#made;
  }

  /** Whether it takes longer until another call could be started than to look up whether it is needed. */
  get isFull(): boolean {
    return this.#wanted.size > Math.max(this.window, WAITING_AHEAD);
  }

  push(want: Wanted): void {
    this.#wanted.push(want);
  }

  start(): void {
    while (this.#inFlight < this.window && !this.signal.aborted && this.#stopped === null) {
      const [want] = this.#wanted.take(1);
      if (want === undefined) break;
      this.#inFlight += 1;
      void this.#call(want);
    }
    if (!this.isFull) this.ends.room();
  }

  async #call(want: Wanted): Promise<void> {
    const { table } = want.use.book;
    if (table.stateOf(want.slot) === READY) {
      this.ends.answered(want, table.valueOf(want.slot), 'memory', 0);
    } else {
      this.#made += 1;
      this.ends.calling(want.call);
      await this.#compute(want);
    }
    this.#inFlight -= 1;
    if (this.#stopped === null) this.start();
    else if (this.#inFlight === 0) this.ends.outOfBudget(this.#stopped);
  }

  /** A call that another statement began and may not pay for is made again at one's own cost. */
  async #compute(want: Wanted): Promise<void> {
    const start = performance.now();
    try {
      const { value } = await this.answers.compute(want.call, this.scope, this.signal);
      const from = want.call.verified === undefined ? 'model' : 'human';
      this.ends.answered(want, value, from, performance.now() - start);
    } catch (error) {
      if (!(error instanceof BudgetReached)) return this.ends.failed(want, toSqlError(error));
      if (error.statementId !== this.scope.statementId) return this.#compute(want);
      this.#stopped ??= error;
    }
  }
}

export function toSqlError(error: unknown): SqlError {
  if (error instanceof SqlError) return error;
  return new SqlError('XX000', messageOf(error), { cause: error });
}
