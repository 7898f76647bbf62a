import { setImmediate } from 'node:timers/promises';
import { cosine } from '../embeddings/cosine.ts';
import { areOpposed } from '../embeddings/polarity.ts';
import { textOfInputs } from '../embeddings/text-of-inputs.ts';
import type { Example } from '../example.ts';
import { normalCriterion } from '../normal-criterion.ts';
import type { ExampleConflict } from './find-conflicts.ts';

/** Inputs nearer than this say the same. */
export const NEAR_DUPLICATE = 0.95;

/** Compared pair by pair: the newest. */
const MOST_COMPARED = 1_500;
const ROWS_A_TURN = 100;

interface Compared {
  readonly example: Example;
  readonly vector: Float32Array;
  readonly inputs: string;
  readonly criterion: string;
  readonly text: string;
}

/** Near duplicates that teach different outputs, kept up to date: only examples not seen before are compared. */
export class NearDuplicates {
  readonly #criterionArg: string | null;
  #compared: readonly Compared[] = [];
  #found: readonly ExampleConflict[] = [];

  constructor(criterionArg: string | null) {
    this.#criterionArg = criterionArg;
  }

  /** Among the newest of these; `vectors` are those of their texts. One call at a time. */
  async among(
    examples: readonly Example[],
    vectors: readonly Float32Array[],
  ): Promise<readonly ExampleConflict[]> {
    const before = new Map(this.#compared.map((one) => [one.example, one]));
    const compared = examples
      .slice(0, MOST_COMPARED)
      .map((example, at) => before.get(example) ?? this.#toCompare(example, vectors[at] as Float32Array));
    const now = new Set(compared.map(({ example }) => example));
    const found = this.#found.filter(({ one, other }) => now.has(one) && now.has(other));
    const done = compared.filter(({ example }) => before.has(example));
    let turns = 0;
    for (const one of compared) {
      if (before.has(one.example)) continue;
      for (const other of done) found.push(...conflictBetween(one, other));
      done.push(one);
      turns += 1;
      if (turns % ROWS_A_TURN === 0) await setImmediate();
    }
    this.#compared = compared;
    this.#found = found;
    return found;
  }

  #toCompare(example: Example, vector: Float32Array): Compared {
    const { inputs } = example;
    return {
      example,
      vector,
      inputs: JSON.stringify(inputs),
      criterion: this.#criterionArg === null ? '' : normalCriterion(inputs[this.#criterionArg]),
      text: textOfInputs(inputs, this.#criterionArg),
    };
  }
}

function conflictBetween(one: Compared, other: Compared): readonly ExampleConflict[] {
  const similarity = nearness(one, other);
  if (similarity < NEAR_DUPLICATE) return [];
  return [{ kind: 'near_duplicate', one: one.example, other: other.example, similarity }];
}

/** 0 for two that agree, or ask different questions. */
function nearness(one: Compared, other: Compared): number {
  if (one.example.output === other.example.output || one.criterion !== other.criterion) return 0;
  if (one.inputs === other.inputs) return 0;
  const similarity = cosine(one.vector, other.vector);
  return similarity >= NEAR_DUPLICATE && areOpposed(one.text, other.text) ? 0 : similarity;
}
