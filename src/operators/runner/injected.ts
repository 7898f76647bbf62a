import type { CallRecord } from '../../training/log/call-record.ts';
import type { Cell } from '../cascade/cascade.ts';
import type { CellExamples } from './cascade-runner.ts';

export type Injected = Pick<
  CallRecord,
  'exampleIds' | 'trainingTrouble' | 'trainingStrategy' | 'exampleSimilarities'
>;

/** What the log says of the examples in a prompt. */
export function injected(cell: Cell, { examples, trouble }: CellExamples): Injected {
  const exampleIds = examples.map(({ traceId }) => traceId);
  if (exampleIds.length === 0) return { exampleIds, trainingTrouble: trouble };
  return {
    exampleIds,
    trainingTrouble: trouble,
    trainingStrategy: cell.training.strategy,
    exampleSimilarities: examples.map(({ similarity }) => similarity ?? null),
  };
}
