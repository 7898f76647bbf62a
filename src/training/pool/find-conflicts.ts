import type { Example } from '../example.ts';

/** Two marked calls that teach the opposite of one another. */
export interface ExampleConflict {
  readonly kind: 'same_inputs' | 'near_duplicate';
  readonly one: Example;
  readonly other: Example;
  /** Cosine of the inputs. */
  readonly similarity: number;
}

/**
 * Each example whose inputs teach something else too, beside one that says so: a person's rather than a rule's.
 * `inputsOf` gives the inputs as one text.
 */
export function findSame(
  examples: readonly Example[],
  inputsOf: (example: Example) => string,
): readonly ExampleConflict[] {
  return groupedByInputs(examples, inputsOf).flatMap(conflictsOf);
}

/** Groups of more than one. */
function groupedByInputs(
  examples: readonly Example[],
  inputsOf: (example: Example) => string,
): readonly (readonly Example[])[] {
  const first = new Map<string, Example>();
  const groups = new Map<string, Example[]>();
  for (const example of examples) {
    const inputs = inputsOf(example);
    const one = first.get(inputs);
    const group = groups.get(inputs);
    if (one === undefined) first.set(inputs, example);
    else if (group === undefined) groups.set(inputs, [one, example]);
    else group.push(example);
  }
  return [...groups.values()];
}

function conflictsOf(group: readonly Example[]): readonly ExampleConflict[] {
  const opponents = new Map<Example, Example>();
  for (const example of group) {
    const opponent = opponentOf(example, group);
    if (opponent !== undefined && opponents.get(opponent) !== example) opponents.set(example, opponent);
  }
  return [...opponents].map(([one, other]) => ({ kind: 'same_inputs', one, other, similarity: 1 }));
}

function opponentOf({ output }: Example, group: readonly Example[]): Example | undefined {
  const others = group.filter((one) => one.output !== output);
  return others.find(({ automatic }) => automatic !== true) ?? others[0];
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
