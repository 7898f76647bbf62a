import { createHash } from 'node:crypto';
import { createReadStream, existsSync } from 'node:fs';
import { copyFile, mkdir, readdir, stat, writeFile } from 'node:fs/promises';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import type { Config } from '../config.ts';
import { StartupError, messageOf } from '../errors.ts';
import { holdEmbedded } from '../training/log/store.ts';
import { Closing } from './closing.ts';
import { packageVersion } from './package-folder.ts';

/** Written last: a folder without it is no whole backup. */
export const MANIFEST = 'rvbbit-backup.json';

export interface Manifest {
  readonly version: string;
  readonly createdAt: string;
  readonly files: readonly BackedUpFile[];
}

export interface BackedUpFile {
  /** Below the data folder, with `/`. */
  readonly path: string;
  readonly bytes: number;
  /** SHA-256, hex. */
  readonly sha256: string;
}

/** Made anew by whoever needs it. */
const LEFT_OUT = new Set(['tmp', join('clickhouse', 'status'), join('clickhouse', 'tmp')]);

/**
 * Copies the data folder: databases, log, marks, cascades made from SQL. No server may have it meanwhile; the copy is
 * whole when the manifest is there. Throws StartupError, and then nothing in the data folder has changed.
 */
export async function backUp(config: Config, target: string): Promise<readonly string[]> {
  const source = resolve(config.dataDir);
  const folder = resolve(target);
  requireEmbedded(config, 'backed up');
  if (!existsSync(source)) throw new StartupError(`there is no data folder ${config.dataDir}`);
  if (`${folder}${sep}`.startsWith(`${source}${sep}`)) {
    throw new StartupError('a backup cannot lie in the data folder', 'Name a folder outside of it.');
  }
  await requireEmpty(folder);
  const held = await hold(source);
  try {
    const files = await copyFiles(source, folder);
    const manifest: Manifest = { version: packageVersion(), createdAt: new Date().toISOString(), files };
    await writeFile(join(folder, MANIFEST), `${JSON.stringify(manifest, null, 1)}\n`, { flag: 'wx' });
    return [`${files.length} files, ${sizeOf(files)} MB, are in ${target}`];
  } finally {
    await held.close();
  }
}

export function requireEmbedded({ clickhouseUrl }: Config, done: string): void {
  if (clickhouseUrl === null) return;
  throw new StartupError(
    `the log is on a ClickHouse server and is not ${done} by this command`,
    "Use ClickHouse's own BACKUP and RESTORE for it, and unset RVBBIT_CLICKHOUSE_URL to copy the data folder.",
  );
}

export async function requireEmpty(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  if ((await readdir(folder)).length === 0) return;
  throw new StartupError(`the folder ${folder} is not empty`, 'Name a new folder.');
}

export function sizeOf(files: readonly BackedUpFile[]): string {
  return (files.reduce((sum, { bytes }) => sum + bytes, 0) / 1_000_000).toFixed(1);
}

/** Every file below a folder, as paths relative to it; what vanishes meanwhile is left out. */
export async function filesBelow(folder: string): Promise<readonly string[]> {
  const entries = await readdir(folder, { withFileTypes: true, recursive: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)))
    .sort();
}

export async function sha256Of(path: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const part of createReadStream(path)) hash.update(part as Buffer);
  return hash.digest('hex');
}

/** Opens what the folder holds, so that no server can, and brings the databases' write-ahead logs home. */
async function hold(dataDir: string): Promise<Closing> {
  const held = new Closing();
  try {
    if (existsSync(join(dataDir, 'clickhouse'))) held.add(await holdEmbedded(dataDir));
    for (const file of (await readdir(dataDir)).filter((name) => name.endsWith('.duckdb'))) {
      const instance = await openDatabase(join(dataDir, file));
      held.add(async () => instance.closeSync());
      const connection = await instance.connect();
      await connection.run('CHECKPOINT');
      connection.closeSync();
    }
    return held;
  } catch (error) {
    await held.close();
    throw error;
  }
}

async function openDatabase(path: string): Promise<DuckDBInstance> {
  try {
    return await DuckDBInstance.create(path);
  } catch (error) {
    throw new StartupError(
      `${path} cannot be opened: ${messageOf(error).split('\n', 1).join('')}`,
      'Stop the server that has it open.',
      error,
    );
  }
}

async function copyFiles(source: string, folder: string): Promise<readonly BackedUpFile[]> {
  const files: BackedUpFile[] = [];
  for (const path of await filesBelow(source)) {
    if ([...LEFT_OUT].some((left) => path === left || path.startsWith(left + sep))) continue;
    const copy = join(folder, path);
    await mkdir(dirname(copy), { recursive: true });
    if (!(await copied(join(source, path), copy))) continue;
    const { size } = await stat(copy);
    files.push({ path: path.split(sep).join('/'), bytes: size, sha256: await sha256Of(copy) });
  }
  return files;
}

/** False where the file is gone: the engine removes parts that it had merged before it was held. */
async function copied(from: string, to: string): Promise<boolean> {
  try {
    await copyFile(from, to);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return false;
    throw error;
  }
}
