import { type Config, parseAge } from '../config.ts';
import { countPurgeable } from '../training/log/purge-log.ts';
import { openStore } from '../training/log/store.ts';
import { TrainingSystem } from '../training/training-system.ts';

export interface PurgeRequest {
  readonly olderThan: string;
  /** Only counts. */
  readonly dryRun: boolean;
}

/** Removes old calls that nobody marked. Throws StartupError. */
export async function purgeLogs(request: PurgeRequest, config: Config): Promise<readonly string[]> {
  const before = new Date(Date.now() - parseAge('--older-than', request.olderThan));
  const training = new TrainingSystem(await openStore(config), { warn: () => undefined });
  try {
    const { calls, statements } = request.dryRun
      ? await countPurgeable(training.store, before)
      : await training.purge(before);
    const done = request.dryRun ? 'would be removed' : 'removed';
    return [`${calls} calls and ${statements} statements before ${before.toISOString()} ${done}`];
  } finally {
    await training.close();
  }
}
