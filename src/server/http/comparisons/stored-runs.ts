import type { Store } from '../../../training/log/store.ts';
import type { ComparisonRun } from '../schemas/comparisons.ts';

const MOST_LISTED = 50;

export async function saveRun(store: Store, run: ComparisonRun): Promise<void> {
  const row = {
    run_id: run.run_id,
    started_at: run.started_at.replace('T', ' ').replace('Z', ''),
    run: JSON.stringify(run),
  };
  await store.insert('studio', 'rvbbit.training_comparisons', [row], run.run_id);
}

/** The last ones, newest first. */
export async function readRuns(store: Store): Promise<readonly ComparisonRun[]> {
  const rows = await store.query<{ run: string }>(
    'studio',
    `SELECT run FROM rvbbit.training_comparisons ORDER BY started_at DESC LIMIT ${MOST_LISTED}`,
  );
  return rows.map(({ run }) => JSON.parse(run) as ComparisonRun);
}
