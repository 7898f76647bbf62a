import { setImmediate } from 'node:timers/promises';
import { areOpposed } from '../embeddings/polarity.ts';
import { textOfInputs } from '../embeddings/text-of-inputs.ts';
import type { Example } from '../example.ts';
import { normalCriteria } from '../normal-criterion.ts';
import type { ExampleConflict } from './find-conflicts.ts';
import { areNear, likeness, NearVector } from './near-vector.ts';

/** Inputs nearer than this say the same. */
export const NEAR_DUPLICATE = 0.95;

/** Compared pair by pair: the newest. */
const MOST_COMPARED = 1_500;
const ROWS_A_TURN = 200;

interface Compared {
  readonly example: Example;
  readonly vector: NearVector;
  readonly criterion: string;
  readonly inputs: string;
  readonly text: string;
}

/** Near duplicates that teach different outputs, kept up to date: only examples not seen before are compared. */
export class NearDuplicates {
  readonly #criterionArg: string | null;
  #compared: ReadonlyMap<Example, Compared> = new Map();
  #found: readonly ExampleConflict[] = [];

  constructor(criterionArg: string | null) {
    this.#criterionArg = criterionArg;
  }

  /** Among the newest of these; `vectors` are those of their texts. One call at a time. */
  async among(
    examples: readonly Example[],
    vectors: readonly Float32Array[],
  ): Promise<readonly ExampleConflict[]> {
    const before = this.#compared;
    const newest = examples.slice(0, MOST_COMPARED);
    const criteria = normalCriteria(newest, this.#criterionArg);
    const compared = new Map<Example, Compared>();
    const questions = new Questions();
    for (const [at, example] of newest.entries()) {
      const known = before.get(example);
      const one =
        known ??
        this.#toCompare(example, new NearVector(vectors[at] as Float32Array), criteria[at] as string);
      compared.set(example, one);
      if (known !== undefined) questions.add(one);
    }
    const found = this.#found.filter(({ one, other }) => compared.has(one) && compared.has(other));
    let turns = 0;
    for (const one of compared.values()) {
      if (before.has(one.example)) continue;
      for (const others of questions.contradicting(one)) this.#compare(one, others, found);
      questions.add(one);
      turns += 1;
      if (turns % ROWS_A_TURN === 0) await setImmediate();
    }
    this.#compared = compared;
    this.#found = found;
    return found;
  }

  #toCompare(example: Example, vector: NearVector, criterion: string): Compared {
    const { inputs } = example;
    const text = textOfInputs(inputs, this.#criterionArg);
    return { example, vector, criterion, inputs: JSON.stringify(inputs), text };
  }

  #compare(one: Compared, others: readonly Compared[], found: ExampleConflict[]): void {
    for (const other of others) {
      if (!areNear(one.vector, other.vector, NEAR_DUPLICATE) || one.inputs === other.inputs) continue;
      if (areOpposed(one.text, other.text)) continue;
      const similarity = likeness(one.vector, other.vector);
      found.push({ kind: 'near_duplicate', one: one.example, other: other.example, similarity });
    }
  }
}

/** Examples by their question, and those of a question by what they teach. */
class Questions {
  readonly #byCriterion = new Map<string, Map<string, Compared[]>>();

  add(one: Compared): void {
    const byOutput = this.#byCriterion.get(one.criterion) ?? new Map<string, Compared[]>();
    this.#byCriterion.set(one.criterion, byOutput);
    const same = byOutput.get(one.example.output);
    if (same === undefined) byOutput.set(one.example.output, [one]);
    else same.push(one);
  }

  *contradicting({ criterion, example }: Compared): Iterable<readonly Compared[]> {
    for (const [output, others] of this.#byCriterion.get(criterion) ?? [])
      if (output !== example.output) yield others;
  }
}
