import type { OperatorSet } from '../../../operators/cascade/operator-set.ts';
import type { Store } from '../../../training/log/store.ts';
import type { Home } from '../schemas/overview.ts';
import { countConflicts } from './conflicts.ts';
import { CELL_KEY, currentCells } from './current-cells.ts';

type Day = Home['days'][number];

/** Every day of the period, oldest first, those without calls included. */
export async function readDays(store: Store, days: number): Promise<Day[]> {
  const rows = await store.query<Day>(
    'studio',
    `SELECT toString(day) AS day, sum(calls) AS calls, sum(errors) AS errors, sum(cost) AS cost_usd,
            sum(tokens) AS tokens, sum(cached) AS cached
     FROM (
       SELECT toDate(timestamp) AS day, count() AS calls, countIf(error IS NOT NULL) AS errors,
              sum(ifNull(cost_usd, 0)) AS cost, sum(tokens_in + tokens_out) AS tokens, 0 AS cached
       FROM rvbbit.unified_logs WHERE timestamp >= today() - {back:UInt32} GROUP BY day
       UNION ALL
       SELECT toDate(started_at) AS day, 0, 0, 0, 0, sum(from_memory + from_log)
       FROM rvbbit.sql_statements WHERE started_at >= today() - {back:UInt32} GROUP BY day
       UNION ALL
       SELECT today() - number AS day, 0, 0, 0, 0, 0 FROM numbers({back:UInt32} + 1)
     ) GROUP BY day ORDER BY day`,
    { back: days - 1 },
  );
  return [...rows];
}

export async function readTopCascades(store: Store, days: number): Promise<Home['cascades']> {
  const rows = await store.query<Home['cascades'][number]>(
    'studio',
    `SELECT toString(cascade_id) AS cascade_id, count() AS calls, countIf(error IS NOT NULL) AS errors,
            sumOrNull(cost_usd) AS cost_usd, avg(duration_ms) AS mean_ms
     FROM rvbbit.unified_logs WHERE timestamp >= today() - {back:UInt32}
     GROUP BY cascade_id ORDER BY calls DESC, cascade_id LIMIT 8`,
    { back: days - 1 },
  );
  return [...rows];
}

interface Troubles {
  readonly stale: number;
  readonly errors_today: number;
  readonly training_trouble: number;
  readonly unmarked: number;
}

export async function readAttention(store: Store, operators: OperatorSet): Promise<Home['attention']> {
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
