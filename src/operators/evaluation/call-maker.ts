import type { Example } from '../../training/example.ts';
import type { ExamplePool } from '../../training/training.ts';
import { canonicalJson } from '../cascade/canonical-json.ts';
import type { Cascade } from '../cascade/cascade.ts';
import type { CascadeCall, CellExamples, VerifiedCall } from '../runner/cascade-runner.ts';
import { answerKey, examplesKey, questionKey, verifiedKey } from './answer-key.ts';
import type { VerifiedCalls } from './verified-calls.ts';

type Inputs = Readonly<Record<string, unknown>>;

/** Makes the calls of one cascade at one version of its marks: picks the examples and takes the answer's key. */
export class CallMaker {
  /** Example arrays are shared between rows, so their keys are taken once an array. */
  readonly #keys = new WeakMap<readonly Example[], string>();

  constructor(
    private readonly cascade: Cascade,
    /** By cell name, only cells that train. */
    private readonly pools: ReadonlyMap<string, ExamplePool>,
    /** `provider/model` of each cell, in order. */
    private readonly models: readonly string[],
    /** null asks the models, whatever people have verified. */
    private readonly verified: VerifiedCalls | null = null,
  ) {}

  /** To be awaited before `call` has these rows, which are known by their object. */
  async prepare(rows: readonly Inputs[]): Promise<void> {
    await Promise.all([...this.pools.values()].map((pool) => pool.prepare?.(rows)));
  }

  call(inputs: Inputs): CascadeCall {
    const canonical = canonicalJson(inputs);
    const verified = this.verified?.find(canonical);
    if (verified !== undefined) return this.#verifiedCall(inputs, canonical, verified);
    const examples = this.#pick(inputs);
    const question = questionKey(this.cascade.fingerprint, this.models, canonical);
    return Object.freeze({
      cascade: this.cascade,
      inputs,
      examples,
      answerKey: answerKey(question, this.#examplesKey(examples)),
    });
  }

  #verifiedCall(inputs: Inputs, canonical: string, verified: VerifiedCall): CascadeCall {
    const key = verifiedKey(this.cascade.fingerprint, canonical, verified.output);
    return Object.freeze({ cascade: this.cascade, inputs, examples: new Map(), answerKey: key, verified });
  }

  #pick(inputs: Inputs): ReadonlyMap<string, CellExamples> {
    const byCell = new Map<string, CellExamples>();
    for (const [cell, pool] of this.pools) {
      byCell.set(cell, { examples: pool.pick(inputs), trouble: pool.trouble });
    }
    return byCell;
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
