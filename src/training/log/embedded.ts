import { mkdir, readFile, readlink, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { StartupError, messageOf } from '../../errors.ts';
import type { createClient } from '@clickhouse/client';

type EmbeddedConnection = NonNullable<NonNullable<Parameters<typeof createClient>[0]>['connection']>;

/** chdb declares the client's contract a second time; where the two declarations differ, only in private names. */
interface EmbeddedModule {
  createChdbConnection(options: { readonly path: string }): EmbeddedConnection;
}

/**
 * Opens the embedded engine on a folder and gives a maker of connections to it; all of them see the same data.
 * Throws StartupError where the engine has no build for this machine or another process has the folder.
 */
export async function connectEmbedded(path: string): Promise<() => EmbeddedConnection> {
  const engine = await importEngine();
  await mkdir(path, { recursive: true });
  const owner = await ownerOf(join(path, 'status'));
  if (owner !== null) throw inUse(`the data folder ${path} is in use by process ${owner}`);
  return () => {
    try {
      return engine.createChdbConnection({ path });
    } catch (error) {
      throw inUse(`the data folder ${path} cannot be opened or is in use`, error);
    }
  };
}

async function importEngine(): Promise<EmbeddedModule> {
  try {
    const engine: unknown = await import('chdb/connection');
    return engine as EmbeddedModule;
  } catch (error) {
    throw new StartupError(
      `the embedded ClickHouse cannot be loaded on ${process.platform}-${process.arch}: ${firstLine(error)}`,
      'Install the optional dependency chdb, or set RVBBIT_CLICKHOUSE_URL to the URL of a ClickHouse server.',
      error,
    );
  }
}

function inUse(message: string, cause?: unknown): StartupError {
  return new StartupError(message, 'Stop the other server, or choose another folder with --data.', cause);
}

/** The live process that holds the engine's lock file open; null where none is found or /proc cannot tell. */
async function ownerOf(statusFile: string): Promise<number | null> {
  const status = await readFile(statusFile, 'utf8').catch(() => '');
  const pid = Number(/^PID: (\d+)/m.exec(status)?.[1]);
  if (!Number.isInteger(pid) || pid === process.pid) return null;
  const folder = `/proc/${pid}/fd`;
  const descriptors = await readdir(folder).catch(() => []);
  const targets = await Promise.all(descriptors.map((fd) => readlink(join(folder, fd)).catch(() => '')));
  return targets.includes(statusFile) ? pid : null;
}

function firstLine(error: unknown): string {
  return messageOf(error).split('\n', 1).join('');
}
