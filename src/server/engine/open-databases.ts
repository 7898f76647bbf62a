import { mkdir, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { messageOf, SqlError } from '../../errors.ts';
import type { OperatorSet } from '../../operators/cascade/operator-set.ts';
import type { DatabasesOptions } from './databases-options.ts';
import { DuckDBDatabase } from './duckdb-database.ts';
import type { Database, Databases } from './engine-connection.ts';

const SUFFIX = '.duckdb';

/** One handle a database name, opened at first use: DuckDB allows one a file and process. */
export class OpenDatabases implements Databases {
  readonly #open = new Map<string, Promise<DuckDBDatabase>>();

  constructor(private readonly options: DatabasesOptions) {}

  async open(name: string): Promise<Database> {
    const known = this.#open.get(name);
    if (known !== undefined) return known;
    const opening = this.#openFile(name);
    this.#open.set(name, opening);
    opening.catch(() => this.#open.delete(name));
    return opening;
  }

  async names(): Promise<readonly string[]> {
    await mkdir(this.options.dataDir, { recursive: true });
    const files = await readdir(this.options.dataDir);
    const onDisk = files.filter((file) => file.endsWith(SUFFIX)).map((file) => file.slice(0, -SUFFIX.length));
    return [...new Set([...onDisk, ...this.#open.keys()])].sort();
  }

  /** Makes a reloaded set callable in every open database. */
  async installOperators(operators: OperatorSet): Promise<void> {
    for (const opening of this.#open.values()) await (await opening).installOperators(operators);
  }

  async close(): Promise<void> {
    const opened = await Promise.allSettled(this.#open.values());
    this.#open.clear();
    for (const result of opened) if (result.status === 'fulfilled') await result.value.close();
  }

  async #openFile(name: string): Promise<DuckDBDatabase> {
    if (!/^[\p{L}\p{N}_][\p{L}\p{N}_ .-]{0,62}$/u.test(name)) {
      throw new SqlError('3D000', `database "${name}" does not exist`, {
        hint: 'A database name is a file name: letters, digits, "_", "-", "." and spaces, at most 63 characters.',
      });
    }
    await mkdir(this.options.dataDir, { recursive: true });
    const path = join(this.options.dataDir, name + SUFFIX);
    const instance = await createInstance(path, name, this.options.instanceSettings ?? {});
    return DuckDBDatabase.open(name, instance, this.options);
  }
}

async function createInstance(
  path: string,
  name: string,
  settings: Readonly<Record<string, string>>,
): Promise<DuckDBInstance> {
  try {
    return await DuckDBInstance.create(path, { ...settings });
  } catch (error) {
    const locked = /lock/i.test(messageOf(error));
    throw new SqlError(
      locked ? '55006' : '58030',
      `database "${name}" cannot be opened: ${firstLine(error)}`,
      {
        hint: locked
          ? 'Another process has the file open. Stop it, or start with another --data folder.'
          : 'The file is no DuckDB database of this version, or it cannot be read or written. Restore it from a copy.',
        cause: error,
      },
    );
  }
}

function firstLine(error: unknown): string {
  return messageOf(error).split('\n', 1)[0] ?? '';
}
