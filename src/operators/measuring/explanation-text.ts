import type { TrainingSystem } from '../../training/training-system.ts';
import { canonicalInputs } from '../cascade/canonical-inputs.ts';
import type { OperatorSet } from '../cascade/operator-set.ts';
import { cellIdentity } from '../evaluation/cell-identity.ts';
import { explainTraining } from './explain-training.ts';
import { findCell } from './measure-cell.ts';

/** `rvbbit_explain_training`: what a row would be taught, as JSON. Throws SqlError. */
export async function explanationText(
  parts: { readonly training: TrainingSystem; readonly operators: OperatorSet },
  cascadeId: string,
  cellName: string,
  given: Readonly<Record<string, unknown>>,
): Promise<string> {
  const found = findCell(parts.operators, cascadeId, cellName);
  const { cascade, cell } = found;
  const inputs = canonicalInputs(cascade, given);
  const { pool, examples, written } = await explainTraining(parts.training.pools, found, inputs);
  const stale = await parts.training.pools.countStale(cellIdentity(cascade, cell));
  return JSON.stringify({
    cascade_id: cascade.cascadeId,
    cell_name: cell.name,
    inputs,
    use_training: cell.training.useTraining,
    strategy: cell.training.strategy,
    format: cell.training.format,
    eligible: pool.size,
    excluded: { stale, ...pool.excluded },
    trouble: pool.trouble,
    examples: examples.map((example, at) => ({
      rank: at + 1,
      trace_id: example.traceId,
      similarity: example.similarity ?? null,
      inputs: example.inputs,
      output: example.output,
      confidence: example.confidence,
      verified: example.verified,
    })),
    block: written.block,
    turns: written.turns,
  });
}
