import type { Example } from '../../training/example.ts';
import { formatExamples } from '../../training/formats/format-examples.ts';
import type { FormattedExamples } from '../../training/formats/format.ts';
import type { ExamplePool, Inputs, Training } from '../../training/training.ts';
import type { Cascade, Cell } from '../cascade/cascade.ts';
import { cellIdentity } from '../evaluation/cell-identity.ts';

/** What a cell would be taught for a row now. */
export interface TrainingExplained {
  readonly pool: ExamplePool;
  /** In the order of the prompt. */
  readonly examples: readonly Example[];
  /** As the prompt would hold them. */
  readonly written: FormattedExamples;
}

/** The examples that a call with these inputs would get, and how its prompt would show them. Calls no model. */
export async function explainTraining(
  pools: Training,
  { cascade, cell }: { readonly cascade: Cascade; readonly cell: Cell },
  inputs: Inputs,
): Promise<TrainingExplained> {
  const pool = await pools.pool(cellIdentity(cascade, cell), cell.training);
  await pool.prepare?.([inputs]);
  const examples = pool.pick(inputs);
  return { pool, examples, written: formatExamples(cell.training.format, examples) };
}
