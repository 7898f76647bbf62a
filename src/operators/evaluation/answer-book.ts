import { setImmediate as nextTurn } from 'node:timers/promises';
import type { ExamplePool, Inputs } from '../../training/training.ts';
import type { Operator } from '../cascade/cascade.ts';
import type { CascadeCall } from '../runner/cascade-runner.ts';
import { AnswerTable } from './answer-table.ts';
import { argumentValue } from './argument-value.ts';
import { CallMaker } from './call-maker.ts';
import type { StatementScope } from './statement-scope.ts';
import type { VerifiedCalls } from './verified-calls.ts';

/** Rows prepared without letting others have their turn. */
const ROWS_A_TURN = 512;

/** The texts that DuckDB handed over, one for each declared argument. */
export type Arguments = readonly (string | null)[];

/** Calls about the values of a statement together. */
export interface ExpectedCalls {
  /** Those that the log does not answer, or calls like them. */
  readonly unpaid: readonly CascadeCall[];
  readonly inLog: number;
  /** What was taken for granted, in sentences. */
  readonly assumptions: readonly string[];
}

/** Where the answers of a function are kept, and how its arguments become calls. */
export interface AnswerBook {
  readonly table: AnswerTable;
  /**
   * 0 where left out. A function of a later stage is asked for only in passes in which nothing of an earlier one is
   * missing, for what it is asked hangs on all rows: 1 for dimensions, 2 for aggregates.
   */
  readonly stage?: number;
  /** An answer that is had sooner than waited for; undefined where it is to be asked for. */
  answerNow?(args: Arguments): unknown;
  /** Answers all rows that a pass missed at once, in their order, instead of a call a row. Throws SqlError. */
  answerAll?(
    rows: readonly Arguments[],
    scope: StatementScope,
    signal: AbortSignal,
  ): Promise<readonly unknown[]>;
  /** What `answerAll` would ask of models, without asking. Throws SqlError. */
  expected?(rows: readonly Arguments[], scope: StatementScope, signal: AbortSignal): Promise<ExpectedCalls>;
  /** Awaited before the calls of these rows are made, where what they need depends on the rows. */
  prepare?(rows: readonly Arguments[]): Promise<void>;
  /** Throws SqlError where the arguments are none that the function can take. */
  call(args: Arguments): CascadeCall;
}

/**
 * The answers of one operator while its cascade, its models and its marks stay as they are: shared by all statements
 * that meet the same ones. A change of any makes another book; statements in flight keep theirs.
 */
export class OperatorBook implements AnswerBook {
  readonly table = new AnswerTable();
  readonly stage: number;
  readonly answerNow?: (args: Arguments) => unknown;
  readonly #maker: CallMaker;
  /** Of rows that were prepared. */
  readonly #inputs = new WeakMap<Arguments, Inputs>();

  constructor(
    private readonly operator: Operator,
    /** By cell name, only cells that train. */
    pools: ReadonlyMap<string, ExamplePool>,
    /** `provider/model` of each cell, in order. */
    models: readonly string[],
    verified: VerifiedCalls | null = null,
  ) {
    this.stage = operator.sql.shape === 'aggregate' ? 2 : 0;
    if (operator.sql.reflexive === true) this.answerNow = (args) => areEqual(args) || undefined;
    this.#maker = new CallMaker(operator.cascade, pools, models, verified);
  }

  async prepare(rows: readonly Arguments[]): Promise<void> {
    const inputs: Inputs[] = [];
    for (const args of rows) {
      const made = this.#inputsOf(args);
      this.#inputs.set(args, made);
      inputs.push(made);
      if (inputs.length % ROWS_A_TURN === 0) await nextTurn();
    }
    await this.#maker.prepare(inputs);
  }

  call(args: Arguments): CascadeCall {
    return this.#maker.call(this.#inputs.get(args) ?? this.#inputsOf(args));
  }

  #inputsOf(args: Arguments): Inputs {
    const declared = this.operator.sql.args;
    const inputs = declared.map((arg, at) => [arg.name, argumentValue(arg, args[at] ?? null)] as const);
    return Object.freeze(Object.fromEntries(inputs));
  }
}

function areEqual([first, ...others]: Arguments): boolean {
  return first !== null && others.every((arg) => arg === first);
}
