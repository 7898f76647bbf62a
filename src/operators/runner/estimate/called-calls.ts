import { SqlError } from '../../../errors.ts';
import { canonicalInputs } from '../../cascade/canonical-inputs.ts';
import type { CalledCascade, Cascade, Cell } from '../../cascade/cascade.ts';
import { calledInput } from '../called-cell.ts';
import type { CascadeCall } from '../cascade-runner.ts';
import type { CallsToMake } from './call-estimator.ts';

/** The calls of a cascade that a cell calls. What it reads of the outputs before it is not known yet: its template. */
export function calledCalls(
  { count, sample }: CallsToMake,
  cell: Cell,
  { inputs }: CalledCascade,
  cascade: Cascade,
): CallsToMake {
  const calls = sample.map((call): CascadeCall => {
    const given = Object.entries(inputs).map(
      ([name, template]) => [name, known(cell.name, template, call.inputs)] as const,
    );
    const answerKey = `${call.answerKey} ${cell.name}`;
    return { cascade, inputs: asTaken(cascade, Object.fromEntries(given)), examples: new Map(), answerKey };
  });
  return Object.freeze({ count, sample: calls, groups: [{ rows: count, perRequest: 1 }] });
}

function known(cellName: string, template: unknown, input: CascadeCall['inputs']): unknown {
  return whereKnown(() => calledInput(cellName, template, { input, outputs: {} }) ?? template, template);
}

/** With the defaults of what is left out. */
function asTaken(cascade: Cascade, inputs: CascadeCall['inputs']): CascadeCall['inputs'] {
  return whereKnown(() => canonicalInputs(cascade, inputs), inputs);
}

function whereKnown<T>(value: () => T, otherwise: T): T {
  try {
    return value();
  } catch (error) {
    if (error instanceof SqlError) return otherwise;
    throw error;
  }
}
