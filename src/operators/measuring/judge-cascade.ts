import { SqlError } from '../../errors.ts';
import type { OutputJudge } from '../../training/auto/output-judge.ts';
import type { Inputs } from '../../training/training.ts';
import { canonicalInputs } from '../cascade/canonical-inputs.ts';
import type { Cascade } from '../cascade/cascade.ts';

/** Scores are counted in tenths. */
const LEVELS = 10;

export interface JudgedCell {
  readonly cascadeId: string;
  readonly cellName: string;
  /** What the cell is told to do, as its file says it. */
  readonly instructions: string;
}

export interface JudgeParts {
  /** Runs the judge. Throws SqlError. */
  run(inputs: Inputs): Promise<unknown>;
  /** Asks the judged cell anew, without examples. Throws SqlError. */
  ask(inputs: Inputs): Promise<string>;
}

/**
 * A cascade that is given a call and says how sure one may be that its output is right: a number from 0 to 1, or true
 * or false. It declares which it wants of `cascade_id`, `cell_name`, `instructions`, `inputs` (JSON), `output` and of
 * the call's inputs by their own names. Throws SqlError 22023 where it declares no `output`.
 */
export function judgeCascade(judge: Cascade, cell: JudgedCell, parts: JudgeParts): OutputJudge {
  if (!judge.inputs.includes('output')) throw noOutput(judge);
  const score = async (inputs: Inputs, output: string): Promise<number> => {
    const call = {
      ...inputs,
      cascade_id: cell.cascadeId,
      cell_name: cell.cellName,
      instructions: cell.instructions,
      inputs: JSON.stringify(inputs),
      output,
    };
    const wanted = Object.entries(call).filter(([name]) => judge.inputs.includes(name));
    return Math.round(
      LEVELS * shareOf(judge, await parts.run(canonicalInputs(judge, Object.fromEntries(wanted)))),
    );
  };
  return Object.freeze({
    name: judge.cascadeId,
    levels: LEVELS,
    score,
    fresh: async (inputs: Inputs) => {
      const output = await parts.ask(inputs);
      return { output, score: await score(inputs, output) };
    },
  });
}

function shareOf({ cascadeId }: Cascade, said: unknown): number {
  if (typeof said === 'boolean') return Number(said);
  if (typeof said === 'number' && said >= 0 && said <= 1) return said;
  throw new SqlError('22023', `the judge ${cascadeId} said ${JSON.stringify(said)}, which is no confidence`, {
    hint: 'Its last cell is to be of the kind score (0 to 1) or boolean.',
  });
}

function noOutput({ cascadeId, inputs }: Cascade): SqlError {
  return new SqlError('22023', `cascade ${cascadeId} cannot judge: it takes no input "output"`, {
    detail: `Its inputs: ${inputs.join(', ')}.`,
    hint: 'cascades/training/judge_answer.cascade.yaml shows what a judge may take.',
  });
}
