import { readFile, readdir } from 'node:fs/promises';
import { isAbsolute, join, relative } from 'node:path';
import { StartupError, messageOf } from '../../errors.ts';
import type { Cascade } from './cascade.ts';
import { indexOperators } from './index-operators.ts';
import { loadCascade } from './load-cascade.ts';
import type { OperatorSet } from './operator-set.ts';

/**
 * Every `*.cascade.yaml` below the folders; a later folder overrides an earlier one by cascade_id. Throws StartupError
 * for a folder that cannot be read, a file that is no cascade, and two definitions of one thing.
 */
export async function loadOperatorSet(dirs: readonly string[], version: number): Promise<OperatorSet> {
  const cascades = new Map<string, Cascade>();
  for (const dir of dirs) {
    for (const [id, cascade] of await loadFolder(dir)) cascades.set(id, cascade);
  }
  return indexOperators(cascades, version);
}

async function loadFolder(dir: string): Promise<ReadonlyMap<string, Cascade>> {
  const cascades = new Map<string, Cascade>();
  for (const path of await cascadeFiles(dir)) {
    const cascade = loadCascade(shown(path), await readFile(path, 'utf8'));
    const other = cascades.get(cascade.cascadeId);
    if (other !== undefined) {
      throw new StartupError(
        `the cascade ${cascade.cascadeId} is defined twice in one folder: in ${other.file} and in ${cascade.file}`,
      );
    }
    cascades.set(cascade.cascadeId, cascade);
  }
  return cascades;
}

/** In one order on every system. */
async function cascadeFiles(dir: string): Promise<readonly string[]> {
  try {
    const names = await readdir(dir, { recursive: true });
    return names
      .filter((name) => name.endsWith('.cascade.yaml'))
      .sort()
      .map((name) => join(dir, name));
  } catch (error) {
    throw new StartupError(`the cascade folder ${dir} cannot be read: ${messageOf(error)}`, undefined, error);
  }
}

/** Relative to the working folder where the file lies in it. */
function shown(path: string): string {
  const short = relative(process.cwd(), path);
  return short.startsWith('..') || isAbsolute(short) ? path : short;
}
