import { setImmediate } from 'node:timers/promises';
import { cosine } from '../embeddings/cosine.ts';
import { areOpposed } from '../embeddings/polarity.ts';
import { textOfInputs } from '../embeddings/text-of-inputs.ts';
import type { Example } from '../example.ts';
import { normalCriterion } from '../normal-criterion.ts';
import type { CellIdentity } from '../training.ts';

/** Two marked calls that teach the opposite of one another. */
export interface ExampleConflict {
  readonly kind: 'same_inputs' | 'near_duplicate';
  readonly one: Example;
  readonly other: Example;
  /** Cosine of the inputs. */
  readonly similarity: number;
}

/** Inputs nearer than this say the same. */
export const NEAR_DUPLICATE = 0.95;

/** Compared pair by pair: the newest. */
const MOST_COMPARED = 1_500;
const ROWS_A_TURN = 100;

/** `vectors` are those of the examples' texts; null leaves near duplicates undetected. */
export async function findConflicts(
  examples: readonly Example[],
  vectors: readonly Float32Array[] | null,
  cell: CellIdentity,
): Promise<readonly ExampleConflict[]> {
  const near =
    vectors === null || cell.outputs?.labels === false ? [] : await findNear(examples, vectors, cell);
  return Object.freeze([...findSame(examples), ...near]);
}

function findSame(examples: readonly Example[]): readonly ExampleConflict[] {
  const firsts = new Map<string, Example[]>();
  const conflicts: ExampleConflict[] = [];
  for (const example of examples) {
    const inputs = JSON.stringify(example.inputs);
    const others = firsts.get(inputs) ?? [];
    firsts.set(inputs, others);
    for (const one of others) {
      if (one.output !== example.output)
        conflicts.push({ kind: 'same_inputs', one, other: example, similarity: 1 });
    }
    if (!others.some(({ output }) => output === example.output)) others.push(example);
    else if (conflicts.length > 0) others.push(example);
  }
  return conflicts;
}

interface Compared {
  readonly example: Example;
  readonly vector: Float32Array;
  readonly inputs: string;
  readonly criterion: string;
  readonly text: string;
}

async function findNear(
  examples: readonly Example[],
  vectors: readonly Float32Array[],
  cell: CellIdentity,
): Promise<readonly ExampleConflict[]> {
  const compared = examples.slice(0, MOST_COMPARED).map((example, at) => ({
    example,
    vector: vectors[at] as Float32Array,
    inputs: JSON.stringify(example.inputs),
    criterion: cell.criterionArg === null ? '' : normalCriterion(example.inputs[cell.criterionArg]),
    text: textOfInputs(example.inputs, cell.criterionArg),
  }));
  const conflicts: ExampleConflict[] = [];
  for (const [at, one] of compared.entries()) {
    if (at % ROWS_A_TURN === ROWS_A_TURN - 1) await setImmediate();
    for (let next = at + 1; next < compared.length; next += 1) {
      const similarity = nearness(one, compared[next] as Compared);
      if (similarity >= NEAR_DUPLICATE)
        conflicts.push({
          kind: 'near_duplicate',
          one: one.example,
          other: (compared[next] as Compared).example,
          similarity,
        });
    }
  }
  return conflicts;
}

/** 0 for two that agree, or ask different questions. */
function nearness(one: Compared, other: Compared): number {
  if (one.example.output === other.example.output || one.criterion !== other.criterion) return 0;
  if (one.inputs === other.inputs) return 0;
  const similarity = cosine(one.vector, other.vector);
  return similarity >= NEAR_DUPLICATE && areOpposed(one.text, other.text) ? 0 : similarity;
}

/** The examples that are kept out of prompts: both sides of a conflict, but not a person's against a rule's. */
export function conflicting(conflicts: readonly ExampleConflict[]): ReadonlySet<Example> {
  const out = new Set<Example>();
  for (const { one, other } of conflicts) {
    const byRule = [one, other].filter(({ automatic }) => automatic === true);
    for (const example of byRule.length === 1 ? byRule : [one, other]) out.add(example);
  }
  return out;
}
