import type { Example } from '../../training/example.ts';
import { fittingExamples } from '../../training/formats/format-examples.ts';
import type { ExamplePool } from '../../training/training.ts';
import { canonicalJson } from '../cascade/canonical-json.ts';
import type { Cascade } from '../cascade/cascade.ts';
import type { CascadeCall, CellExamples } from '../runner/cascade-runner.ts';
import { answerKey, examplesKey, questionKey } from './answer-key.ts';

type Inputs = Readonly<Record<string, unknown>>;

/** Makes the calls of one cascade at one version of its marks: picks the examples and takes the answer's key. */
export class CallMaker {
  /** Example arrays are shared between rows, so their keys are taken once an array. */
  readonly #keys = new WeakMap<readonly Example[], string>();
  /** By the list that was picked; only lists that do not fit the prompt whole have another here. */
  readonly #fitting = new WeakMap<readonly Example[], readonly Example[]>();

  constructor(
    private readonly cascade: Cascade,
    /** By cell name, only cells that train. */
    private readonly pools: ReadonlyMap<string, ExamplePool>,
    /** `provider/model` of each cell, in order. */
    private readonly models: readonly string[],
  ) {}

  call(inputs: Inputs): CascadeCall {
    const examples = this.#pick(inputs);
    const question = questionKey(this.cascade.fingerprint, this.models, canonicalJson(inputs));
    return Object.freeze({
      cascade: this.cascade,
      inputs,
      examples,
      answerKey: answerKey(question, this.#examplesKey(examples)),
    });
  }

  #pick(inputs: Inputs): ReadonlyMap<string, CellExamples> {
    const byCell = new Map<string, CellExamples>();
    for (const [cell, pool] of this.pools) {
      byCell.set(cell, { examples: this.#fit(cell, pool.pick(inputs)), trouble: pool.trouble });
    }
    return byCell;
  }

  /** What the prompt has no room for teaches nothing: it is no part of the key, nor of the log. */
  #fit(cellName: string, picked: readonly Example[]): readonly Example[] {
    const known = this.#fitting.get(picked);
    if (known !== undefined || picked.length === 0) return known ?? picked;
    const format = this.cascade.cells.find(({ name }) => name === cellName)?.training.format;
    const fitting = format === undefined ? picked : fittingExamples(format, picked);
    this.#fitting.set(picked, fitting);
    return fitting;
  }

  #examplesKey(byCell: ReadonlyMap<string, CellExamples>): string {
    const [only] = byCell.values();
    if (byCell.size !== 1 || only === undefined) return examplesKey(examplesOf(byCell));
    const known = this.#keys.get(only.examples);
    if (known !== undefined) return known;
    const key = examplesKey(examplesOf(byCell));
    this.#keys.set(only.examples, key);
    return key;
  }
}

function examplesOf(byCell: ReadonlyMap<string, CellExamples>): ReadonlyMap<string, readonly Example[]> {
  return new Map([...byCell].map(([cell, { examples }]) => [cell, examples]));
}
