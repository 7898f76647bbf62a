import { cellIdentity } from '../operators/evaluation/cell-identity.ts';
import type { OperatorSet } from '../operators/cascade/operator-set.ts';
import { currentCells } from '../server/http/reads/current-cells.ts';
import { conditionOf } from '../server/http/reads/example-conditions.ts';
import { readExamples } from '../server/http/reads/examples.ts';
import { readReviewQueue } from '../server/http/reads/review-queue.ts';
import type { TableSource } from '../server/tables/fill-table.ts';
import type { TrainingSystem } from '../training/training-system.ts';
import type { Core } from './open-core.ts';

const MOST_QUEUED = 500;

type Rows = readonly Readonly<Record<string, unknown>>[];

/** The rows of `training_queue` and `training_conflicts`, which take an embedder. */
export function trainingTables({ training, embedder, registry }: Core): NonNullable<TableSource['computed']> {
  return Object.freeze({
    training_queue: async () => {
      const current = currentCells(registry.current());
      const condition = conditionOf({ marked: false, stale: false }, current);
      const queue = await readReviewQueue(training.store, embedder, condition, MOST_QUEUED);
      const rows = new Map(
        (await readExamples(training.store, queue, current)).map((row) => [row.trace_id, row]),
      );
      return queue.map(({ trace_id, reason }, at) => ({
        position: at + 1,
        ...rows.get(trace_id),
        trace_id,
        reason,
      }));
    },
    training_conflicts: () => conflictRows(training, registry.current()),
  });
}

async function conflictRows(training: TrainingSystem, operators: OperatorSet): Promise<Rows> {
  const rows: Readonly<Record<string, unknown>>[] = [];
  for (const cascade of operators.cascades.values()) {
    for (const cell of cascade.cells) {
      const { conflicts } = await training.pools.snapshot(cellIdentity(cascade, cell));
      for (const { kind, similarity, one, other } of conflicts)
        rows.push({
          cascade_id: cascade.cascadeId,
          cell_name: cell.name,
          kind,
          similarity,
          trace_id: one.traceId,
          inputs: JSON.stringify(one.inputs),
          output: one.output,
          other_trace_id: other.traceId,
          other_inputs: JSON.stringify(other.inputs),
          other_output: other.output,
        });
    }
  }
  return rows;
}
