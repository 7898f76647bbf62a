import { SqlError } from '../../errors.ts';
import type { Cascade, Operator } from '../cascade/cascade.ts';
import type { AnswerBook, Arguments, ExpectedCalls } from '../evaluation/answer-book.ts';
import { AnswerTable } from '../evaluation/answer-table.ts';
import type { Answers } from '../evaluation/answers.ts';
import { argumentValue } from '../evaluation/argument-value.ts';
import { findKnown } from '../evaluation/known-answers.ts';
import type { SemanticSettings, StatementScope } from '../evaluation/statement-scope.ts';
import type { CascadeCall } from '../runner/cascade-runner.ts';
import { answerCalls } from './answer-calls.ts';

type Inputs = Readonly<Record<string, unknown>>;

/** Labels in a prompt that is made before they are named. */
const ASSUMED_LABELS = 8;

/** Rows whose arguments beside the value are the same. */
interface Family {
  readonly inputs: Inputs;
  readonly rows: { readonly value: string; readonly at: number }[];
}

/**
 * A dimension of one statement: its cascade names the labels once, from all distinct values, and another cascade
 * picks one of them for each value. The labels stay what they are while the statement runs.
 */
export class DimensionBook implements AnswerBook {
  readonly table = new AnswerTable();
  readonly stage = 1;
  readonly #labels = new Map<string, Promise<readonly string[]>>();

  constructor(
    private readonly operator: Operator,
    /** Takes `text` and `labels`. */
    private readonly assign: Cascade,
    private readonly answers: Answers,
    private readonly settings: SemanticSettings,
  ) {}

  async answerAll(
    rows: readonly Arguments[],
    scope: StatementScope,
    signal: AbortSignal,
  ): Promise<readonly unknown[]> {
    const answered: unknown[] = rows.map(() => null);
    for (const family of this.#families(rows)) {
      const labels = await this.#labelsOf(family, scope, signal);
      const values = distinctValues(family);
      const chosen = await this.#assigned(values, labels, scope, signal);
      for (const { value, at } of family.rows) answered[at] = chosen.get(value);
    }
    return answered;
  }

  call(): CascadeCall {
    throw new SqlError('0A000', `${this.operator.sql.name} is asked about all values together`);
  }

  async expected(rows: readonly Arguments[], scope: StatementScope): Promise<ExpectedCalls> {
    const families = await Promise.all(this.#families(rows).map((family) => this.#expectedOf(family, scope)));
    return Object.freeze({
      unpaid: families.flatMap(({ unpaid }) => unpaid),
      inLog: families.reduce((sum, { inLog }) => sum + inLog, 0),
      assumptions: families.flatMap(({ assumptions }) => assumptions),
    });
  }

  /** Labels that nobody has named yet are taken to be as many as they may be, and short. */
  async #expectedOf(family: Family, scope: StatementScope): Promise<ExpectedCalls> {
    const discovery = await this.#discovery(family);
    const named = await findKnown(this.answers, [discovery], scope);
    const found = named.has(discovery.answerKey);
    const labels = found
      ? this.#labelsIn(named.get(discovery.answerKey), family)
      : Array.from({ length: Math.min(this.#mostOf(family), ASSUMED_LABELS) }, (_, at) => `label ${at + 1}`);
    const picks = labels.length === 1 ? [] : await this.#picks(distinctValues(family), labels);
    const picked = found ? await findKnown(this.answers, picks, scope) : new Map<string, unknown>();
    const unpaid = picks.filter(({ answerKey }) => !picked.has(answerKey));
    return {
      unpaid: found ? unpaid : [discovery, ...unpaid],
      inLog: (found ? 1 : 0) + picks.length - unpaid.length,
      assumptions: found
        ? []
        : [
            `${this.operator.sql.name}: ${labels.length} labels are taken to be found, which tell the values' prompts`,
          ],
    };
  }

  #families(rows: readonly Arguments[]): readonly Family[] {
    const families = new Map<string, Family>();
    const [first, ...others] = this.operator.sql.args;
    for (const [at, [value, ...rest]] of rows.entries()) {
      const key = JSON.stringify(rest);
      const inputs = others.map((arg, index) => [arg.name, argumentValue(arg, rest[index] ?? null)] as const);
      const family = families.get(key) ?? { inputs: Object.fromEntries(inputs), rows: [] };
      families.set(key, family);
      if (first !== undefined) family.rows.push({ value: value ?? '', at });
    }
    return [...families.values()];
  }

  #labelsOf(family: Family, scope: StatementScope, signal: AbortSignal): Promise<readonly string[]> {
    const key = JSON.stringify(family.inputs);
    const labels = this.#labels.get(key) ?? this.#discover(family, scope, signal);
    this.#labels.set(key, labels);
    return labels;
  }

  async #discover(family: Family, scope: StatementScope, signal: AbortSignal): Promise<readonly string[]> {
    const call = await this.#discovery(family);
    const [found] = await answerCalls(this.answers, [call], scope, signal);
    const labels = this.#labelsIn(found, family);
    if (labels.length > 0) return labels;
    const { name } = this.operator.sql;
    throw new SqlError('22000', `${name} found no labels for ${distinctValues(family).length} values`, {
      hint: 'SET rvbbit.model to another model, or make the prompt of its cascade plainer.',
    });
  }

  async #discovery(family: Family): Promise<CascadeCall> {
    const { cascade, sql } = this.operator;
    this.#mostOf(family);
    const values = distinctValues(family).toSorted();
    const maker = await this.answers.maker(cascade, this.settings);
    return maker.call(Object.freeze({ ...family.inputs, [sql.args[0]?.name ?? '']: values }));
  }

  #mostOf({ inputs }: Family): number {
    return countIn(inputs, this.operator.sql.name);
  }

  #labelsIn(found: unknown, family: Family): readonly string[] {
    return distinctLabels(found).slice(0, this.#mostOf(family));
  }

  /** A label for each value. */
  async #assigned(
    values: readonly string[],
    labels: readonly string[],
    scope: StatementScope,
    signal: AbortSignal,
  ): Promise<ReadonlyMap<string, unknown>> {
    if (labels.length === 1) return new Map(values.map((value) => [value, labels[0]]));
    const chosen = await answerCalls(this.answers, await this.#picks(values, labels), scope, signal);
    return new Map(values.map((value, at) => [value, chosen[at]]));
  }

  async #picks(values: readonly string[], labels: readonly string[]): Promise<readonly CascadeCall[]> {
    const maker = await this.answers.maker(this.assign, this.settings);
    return values.map((text) => maker.call(Object.freeze({ labels, text })));
  }
}

function distinctValues({ rows }: Family): readonly string[] {
  return [...new Set(rows.map(({ value }) => value))];
}

/** The one number among the inputs. */
function countIn(inputs: Inputs, name: string): number {
  const count = Object.values(inputs).find((value) => typeof value === 'number') ?? Infinity;
  if (typeof count === 'number' && count >= 1) return Math.floor(count);
  throw new SqlError('22023', `${name} needs a number of groups above 0, not ${String(count)}`);
}

function distinctLabels(found: unknown): readonly string[] {
  const labels = Array.isArray(found) ? found : [];
  const byName = new Map<string, string>();
  for (const label of labels) {
    const text = String(label).trim();
    if (text !== '' && !byName.has(text.toLowerCase())) byName.set(text.toLowerCase(), text);
  }
  return [...byName.values()];
}
