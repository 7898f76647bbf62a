import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openStore } from '../../../src/training/log/store.ts';
import type { Store } from '../../../src/training/log/store.ts';

export interface TemporaryStore {
  readonly store: Store;
  readonly dataDir: string;
  dispose(): Promise<void>;
}

/** The embedded engine in a folder of its own. One a process. */
export async function temporaryStore(): Promise<TemporaryStore> {
  const dataDir = await mkdtemp(join(tmpdir(), 'rvbbit-store-'));
  const store = await openStore({ dataDir, clickhouseUrl: null });
  return {
    store,
    dataDir,
    dispose: async () => {
      await store.close();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}
