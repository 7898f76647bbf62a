import { SqlError } from '../../errors.ts';
import type { Cascade, Operator } from '../cascade/cascade.ts';
import type { AnswerBook, Arguments, ExpectedCalls } from '../evaluation/answer-book.ts';
import { AnswerTable } from '../evaluation/answer-table.ts';
import type { Answers } from '../evaluation/answers.ts';
import { argumentValue } from '../evaluation/argument-value.ts';
import { findKnown } from '../evaluation/known-answers.ts';
import type { SemanticSettings, StatementScope } from '../evaluation/statement-scope.ts';
import type { Embedder } from '../models/embedder.ts';
import type { CascadeCall } from '../runner/cascade-runner.ts';
import { answerCalls } from './answer-calls.ts';
import { Meanings } from './meanings.ts';

type JudgePairs = (calls: readonly CascadeCall[]) => Promise<readonly unknown[]>;

/**
 * The values of a statement, each as the one that stands for all that mean the same. Pairs whose embeddings are near are
 * judged by another cascade, the nearest first; values that are joined already are not asked about again.
 */
export class SameBook implements AnswerBook {
  readonly table = new AnswerTable();
  readonly stage = 1;
  /** By the least similarity, which is the argument beside the value. */
  readonly #meanings = new Map<number, Meanings>();

  constructor(
    private readonly operator: Operator,
    /** Says of two texts whether they mean the same: its first two inputs. */
    private readonly judge: Cascade,
    private readonly answers: Answers,
    private readonly embedder: Embedder,
    private readonly settings: SemanticSettings,
  ) {}

  async answerAll(
    rows: readonly Arguments[],
    scope: StatementScope,
    signal: AbortSignal,
  ): Promise<readonly unknown[]> {
    const judge: JudgePairs = (calls) => answerCalls(this.answers, calls, scope, signal);
    for (const [least, values] of this.#valuesByLeast(rows)) {
      await this.#learn(this.#meaningsAt(least), values, least, judge, scope, signal);
    }
    return rows.map((row) => this.#meaningsAt(this.#leastOf(row)).standFor(row[0] ?? ''));
  }

  async expected(
    rows: readonly Arguments[],
    scope: StatementScope,
    signal: AbortSignal,
  ): Promise<ExpectedCalls> {
    const unpaid: CascadeCall[] = [];
    let inLog = 0;
    const judge: JudgePairs = async (calls) => {
      const known = await findKnown(this.answers, calls, scope);
      inLog += known.size;
      const missing = calls.filter(({ answerKey }) => !known.has(answerKey));
      unpaid.push(...missing);
      return calls.map(({ answerKey }, at) => (known.has(answerKey) ? known.get(answerKey) : at % 2 === 0));
    };
    for (const [least, values] of this.#valuesByLeast(rows)) {
      await this.#learn(new Meanings(Infinity), values, least, judge, scope, signal);
    }
    const half = `${this.operator.sql.name}: half of the pairs still to pay are taken to mean the same`;
    return Object.freeze({ unpaid, inLog, assumptions: unpaid.length === 0 ? [] : [half] });
  }

  call(): CascadeCall {
    throw new SqlError('0A000', `${this.operator.sql.name} is asked about all values together`);
  }

  #valuesByLeast(rows: readonly Arguments[]): ReadonlyMap<number, readonly string[]> {
    const byLeast = new Map<number, string[]>();
    for (const row of rows) {
      const least = this.#leastOf(row);
      const values = byLeast.get(least) ?? [];
      byLeast.set(least, values);
      values.push(row[0] ?? '');
    }
    return byLeast;
  }

  #meaningsAt(least: number): Meanings {
    const meanings = this.#meanings.get(least) ?? new Meanings(this.settings.maxPairs);
    this.#meanings.set(least, meanings);
    return meanings;
  }

  #leastOf(row: Arguments): number {
    const arg = this.operator.sql.args[1];
    const least = arg === undefined ? 0.5 : Number(argumentValue(arg, row[1] ?? null));
    if (least >= 0 && least <= 1) return least;
    throw new SqlError(
      '22023',
      `${this.operator.sql.name} needs a similarity from 0 to 1, not ${String(row[1])}`,
    );
  }

  async #learn(
    meanings: Meanings,
    values: readonly string[],
    least: number,
    judge: JudgePairs,
    scope: StatementScope,
    signal: AbortSignal,
  ): Promise<void> {
    if (!meanings.add(values)) return;
    const { spellings } = meanings;
    if (spellings.length < 2) return;
    const vectors = await this.embedder.embed(spellings);
    meanings.near(await databaseOf(this.operator, scope).nearPairs(vectors, least, signal));
    const maker = await this.answers.maker(this.judge, this.settings);
    const [left = 'text', right = 'other'] = this.judge.inputs;
    for (let asked = meanings.round(); asked.length > 0; asked = meanings.round()) {
      const inputs = asked.map(([a, b]) => Object.freeze({ [left]: spellings[a], [right]: spellings[b] }));
      await maker.prepare(inputs);
      const calls = inputs.map((one) => maker.call(one));
      const same = await judge(calls);
      meanings.judged(
        asked,
        same.map((answer) => answer === true),
      );
    }
  }
}

function databaseOf(
  { sql }: Operator,
  { database }: StatementScope,
): NonNullable<StatementScope['database']> {
  if (database !== undefined) return database;
  throw new SqlError('0A000', `${sql.name} compares the values of a statement, and there is none here`);
}
