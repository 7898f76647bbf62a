import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'vite';

export interface BuiltStudio {
  readonly dir: string;
  remove(): Promise<void>;
}

/** The Studio of the sources at hand, in a folder of its own. */
export async function buildStudio(): Promise<BuiltStudio> {
  const dir = await mkdtemp(join(tmpdir(), 'rvbbit-studio-'));
  await build({
    configFile: 'src/studio/vite.config.ts',
    logLevel: 'error',
    build: { outDir: dir, emptyOutDir: true },
  });
  return { dir, remove: () => rm(dir, { recursive: true, force: true }) };
}
