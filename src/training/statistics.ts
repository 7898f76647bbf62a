import type { Store } from './log/store.ts';

/** A row of `training_stats_by_cascade`: one cell of one cascade. */
export interface TrainingStats {
  readonly cascade_id: string;
  readonly cell_name: string;
  /** Calls that succeeded. */
  readonly total_executions: number;
  readonly annotated_count: number;
  readonly trainable_count: number;
  readonly verified_count: number;
  /** Of the trainable ones; null where there are none. */
  readonly avg_confidence: number | null;
  /** `YYYY-MM-DD hh:mm:ss.ffffff`, UTC */
  readonly first_execution: string;
  readonly last_execution: string;
}

/** Numbers of each cell, by cascade and cell; of one cascade where its id is given. */
export async function readStatistics(store: Store, cascadeId?: string): Promise<readonly TrainingStats[]> {
  const where = cascadeId === undefined ? '' : 'WHERE cascade_id = {cascade:String}';
  return store.query<TrainingStats>(
    'tables',
    `SELECT * FROM rvbbit.training_stats_by_cascade ${where} ORDER BY cascade_id, cell_name`,
    cascadeId === undefined ? {} : { cascade: cascadeId },
  );
}
