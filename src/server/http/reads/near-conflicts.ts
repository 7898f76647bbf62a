import type { OperatorSet } from '../../../operators/cascade/operator-set.ts';
import { cellIdentity } from '../../../operators/evaluation/cell-identity.ts';
import type { ExampleConflict } from '../../../training/pool/find-conflicts.ts';
import type { TrainingSystem } from '../../../training/training-system.ts';
import type { Conflict } from '../schemas/annotations.ts';
import type { ExampleRow } from '../schemas/examples.ts';
import { currentCells } from './current-cells.ts';
import { readExamplesById } from './examples.ts';

interface CellConflict extends ExampleConflict {
  readonly cascadeId: string;
  readonly cellName: string;
}

/** Marked examples whose inputs say nearly the same and which teach different outputs, nearest first. */
export async function readNearConflicts(
  training: TrainingSystem,
  operators: OperatorSet,
  most: number,
): Promise<readonly Conflict[]> {
  const pairs = (await nearPairs(training, operators))
    .sort((one, other) => other.similarity - one.similarity)
    .slice(0, most);
  const ids = pairs.flatMap(({ one, other }) => [one.traceId, other.traceId]);
  const rows = await readExamplesById(training.store, ids, currentCells(operators));
  const byId = new Map(rows.map((row) => [row.trace_id, row]));
  return pairs.flatMap((pair) => conflictOf(pair, byId) ?? []);
}

async function nearPairs(training: TrainingSystem, operators: OperatorSet): Promise<CellConflict[]> {
  const cells = [...operators.cascades.values()].flatMap((cascade) =>
    cascade.cells.filter((cell) => cell.training.useTraining).map((cell) => ({ cascade, cell })),
  );
  const pairs: CellConflict[] = [];
  for (const { cascade, cell } of cells) {
    const { conflicts } = await training.pools.snapshot(cellIdentity(cascade, cell));
    const near = conflicts.filter(({ kind }) => kind === 'near_duplicate');
    pairs.push(...near.map((pair) => ({ ...pair, cascadeId: cascade.cascadeId, cellName: cell.name })));
  }
  return pairs;
}

function conflictOf(pair: CellConflict, rows: ReadonlyMap<string, ExampleRow>): Conflict | undefined {
  const one = rows.get(pair.one.traceId);
  const other = rows.get(pair.other.traceId);
  if (one === undefined || other === undefined) return undefined;
  return {
    cascade_id: pair.cascadeId,
    cell_name: pair.cellName,
    kind: 'near_duplicate',
    similarity: pair.similarity,
    inputs: one.inputs,
    sides: [one, other].map((row) => ({ output: row.correction ?? row.output, traces: [traceOf(row)] })),
  };
}

function traceOf(row: ExampleRow): Conflict['sides'][number]['traces'][number] {
  return {
    trace_id: row.trace_id,
    timestamp: row.timestamp,
    inputs: row.inputs,
    logged_output: row.output,
    confidence: row.confidence ?? 1,
    verified: row.verified,
    source: row.annotation_source,
    annotated_at: row.annotated_at ?? '',
  };
}
