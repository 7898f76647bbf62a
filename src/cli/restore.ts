import { copyFile, mkdir, readFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { z } from 'zod';
import type { Config } from '../config.ts';
import { StartupError, messageOf } from '../errors.ts';
import { MANIFEST, type Manifest, requireEmbedded, requireEmpty, sha256Of, sizeOf } from './backup.ts';

const manifestShape = z.object({
  version: z.string(),
  createdAt: z.string(),
  files: z.array(
    z.object({
      path: z.string().refine((path) => !path.split('/').includes('..') && !path.startsWith('/')),
      bytes: z.number(),
      sha256: z.string(),
    }),
  ),
});

/**
 * Makes a data folder from a backup, which is checked file by file before anything is written. Only into a folder that
 * is empty or not there. Throws StartupError.
 */
export async function restore(config: Config, backup: string): Promise<readonly string[]> {
  requireEmbedded(config, 'restored');
  const source = resolve(backup);
  const manifest = await readManifest(source);
  await check(source, manifest);
  const folder = resolve(config.dataDir);
  await requireEmpty(folder);
  for (const { path } of manifest.files) {
    const file = join(folder, path);
    await mkdir(dirname(file), { recursive: true });
    await copyFile(join(source, path), file);
  }
  const { files, createdAt } = manifest;
  return [`${files.length} files, ${sizeOf(files)} MB, of ${createdAt} are in ${config.dataDir}`];
}

async function readManifest(source: string): Promise<Manifest> {
  try {
    return manifestShape.parse(JSON.parse(await readFile(join(source, MANIFEST), 'utf8')));
  } catch (error) {
    throw new StartupError(
      `${source} is no whole backup: ${messageOf(error).split('\n', 1).join('')}`,
      `A backup is complete when it has ${MANIFEST}, which "rvbbit backup" writes last.`,
      error,
    );
  }
}

async function check(source: string, { files }: Manifest): Promise<void> {
  const broken: string[] = [];
  for (const { path, sha256 } of files) {
    const found = await sha256Of(join(source, path)).catch(() => null);
    if (found !== sha256) broken.push(path);
  }
  if (broken.length === 0) return;
  throw new StartupError(
    `${broken.length} of ${files.length} files of the backup are missing or changed, the first is ${broken[0]}`,
    'Take another backup. Nothing was restored.',
  );
}
