import type { Example } from '../../training/example.ts';
import type { ExamplePool } from '../../training/training.ts';
import { canonicalJson } from '../cascade/canonical-json.ts';
import type { Operator } from '../cascade/cascade.ts';
import type { CascadeCall, CellExamples } from '../runner/cascade-runner.ts';
import { answerKey, examplesKey, questionKey } from './answer-key.ts';
import { AnswerTable } from './answer-table.ts';

/**
 * The answers of one operator while its cascade, its models and its marks stay as they are: shared by all statements
 * that meet the same ones. A change of any makes another book; statements in flight keep theirs.
 */
export class AnswerBook {
  readonly table = new AnswerTable();
  /** Example arrays are shared between rows, so their keys are taken once an array. */
  readonly #examplesKeys = new WeakMap<readonly Example[], string>();

  constructor(
    readonly operator: Operator,
    /** By cell name, only cells that train. */
    readonly pools: ReadonlyMap<string, ExamplePool>,
    /** `provider/model` of each cell, in order. */
    readonly models: readonly string[],
  ) {}

  /** `args` are the texts DuckDB handed over, one for each declared argument. */
  call(args: readonly (string | null)[]): CascadeCall {
    const inputs = this.#inputs(args);
    const examples = this.#examples(inputs);
    const question = questionKey(this.operator.cascade.fingerprint, this.models, canonicalJson(inputs));
    return Object.freeze({
      cascade: this.operator.cascade,
      inputs,
      examples,
      answerKey: answerKey(question, this.#examplesKey(examples)),
    });
  }

  #inputs(args: readonly (string | null)[]): Readonly<Record<string, unknown>> {
    const declared = this.operator.sql.args;
    return Object.freeze(
      Object.fromEntries(
        declared.map((arg, at) => [arg.name, valueOf(arg.type, args[at] ?? null, arg.default)]),
      ),
    );
  }

  #examples(inputs: Readonly<Record<string, unknown>>): ReadonlyMap<string, CellExamples> {
    const byCell = new Map<string, CellExamples>();
    for (const [cell, pool] of this.pools) {
      byCell.set(cell, { examples: pool.pick(inputs), trouble: pool.trouble });
    }
    return byCell;
  }

  #examplesKey(byCell: ReadonlyMap<string, CellExamples>): string {
    const [only] = byCell.values();
    if (byCell.size !== 1 || only === undefined) return examplesKey(examplesOf(byCell));
    const known = this.#examplesKeys.get(only.examples);
    if (known !== undefined) return known;
    const key = examplesKey(examplesOf(byCell));
    this.#examplesKeys.set(only.examples, key);
    return key;
  }
}

function examplesOf(byCell: ReadonlyMap<string, CellExamples>): ReadonlyMap<string, readonly Example[]> {
  return new Map([...byCell].map(([cell, { examples }]) => [cell, examples]));
}

/** Texts arrive as they are, other types as JSON. */
function valueOf(type: string, text: string | null, fallback: unknown): unknown {
  if (text === null) return fallback ?? null;
  return isText(type) ? text : (JSON.parse(text) as unknown);
}

export function isText(type: string): boolean {
  return /^(VARCHAR|TEXT|STRING|CHAR|BPCHAR)(\s*\(\d+\))?$/i.test(type.trim());
}
