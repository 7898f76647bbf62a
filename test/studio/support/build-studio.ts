import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';

export interface BuiltStudio {
  readonly dir: string;
  remove(): Promise<void>;
}

const VITE = join(dirname(createRequire(import.meta.url).resolve('vite/package.json')), 'bin/vite.js');

/**
 * The Studio of the sources at hand, in a folder of its own. It is built as people get it: a process of its own has
 * no NODE_ENV of a test runner, with which React would be built for development.
 */
export async function buildStudio(): Promise<BuiltStudio> {
  const dir = await mkdtemp(join(tmpdir(), 'rvbbit-studio-'));
  const args = ['build', '--config', 'src/studio/vite.config.ts', '--outDir', dir, '--emptyOutDir'];
  await promisify(execFile)(process.execPath, [VITE, ...args, '--logLevel', 'error'], {
    env: { ...process.env, NODE_ENV: 'production' },
  });
  return { dir, remove: () => rm(dir, { recursive: true, force: true }) };
}
