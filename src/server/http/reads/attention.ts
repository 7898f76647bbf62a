import type { OperatorSet } from '../../../operators/cascade/operator-set.ts';
import type { Store } from '../../../training/log/store.ts';
import type { Attention } from '../schemas/overview.ts';
import { countConflicts } from './conflicts.ts';
import { CELL_KEY, currentCells } from './current-cells.ts';

interface Troubles {
  readonly stale: number;
  readonly errors_today: number;
  readonly training_trouble: number;
  readonly unmarked: number;
}

export async function readAttention(store: Store, operators: OperatorSet): Promise<Attention> {
  const training = trainingCells(operators);
  const [conflicts, troubles, bare] = await Promise.all([
    countConflicts(store),
    store.query<Troubles>(
      'studio',
      `SELECT
         (SELECT count() FROM rvbbit.training_annotations FINAL
          WHERE trainable AND ${CELL_KEY} NOT IN {current:Array(String)}) AS stale,
         (SELECT count() FROM rvbbit.unified_logs
          WHERE error IS NOT NULL AND timestamp > now() - INTERVAL 1 DAY) AS errors_today,
         (SELECT count() FROM rvbbit.unified_logs
          WHERE training_trouble IS NOT NULL AND timestamp > now() - INTERVAL 1 DAY) AS training_trouble,
         (SELECT count() FROM rvbbit.training_examples
          WHERE ${CELL_KEY} IN {training:Array(String)}
            AND trace_id NOT IN (SELECT trace_id FROM rvbbit.training_annotations FINAL)) AS unmarked`,
      { current: currentCells(operators), training: training.map(({ key }) => key) },
    ),
    store.query<{ key: string }>(
      'studio',
      `SELECT DISTINCT ${CELL_KEY} AS key FROM rvbbit.training_examples
       WHERE ${CELL_KEY} IN {training:Array(String)} AND ${CELL_KEY} NOT IN
         (SELECT ${CELL_KEY} FROM rvbbit.training_annotations FINAL WHERE trainable)`,
      { training: training.map(({ key }) => key) },
    ),
  ]);
  const [trouble] = troubles;
  if (trouble === undefined) throw new Error('a query of counts has one row');
  const without = new Set(bare.map(({ key }) => key));
  return {
    conflicts,
    ...trouble,
    untaught: training.filter(({ key }) => without.has(key)).map(({ name }) => name),
  };
}

function trainingCells(operators: OperatorSet): readonly { readonly key: string; readonly name: string }[] {
  return [...operators.cascades.values()].flatMap(({ cascadeId, cells }) =>
    cells
      .filter((cell) => cell.training.useTraining)
      .map((cell) => ({
        key: [cascadeId, cell.name, cell.fingerprint].join('/'),
        name: `${cascadeId}.${cell.name}`,
      })),
  );
}
