import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { messageOf, SqlError, StartupError } from '../../errors.ts';
import { loadCascade } from './load-cascade.ts';

/** Brings a changed folder into force. Throws StartupError where it cannot be. */
type Reload = () => Promise<void>;

/** The folder of cascades that were made by SQL: one file each, by cascade_id. */
export class CascadeFolder {
  readonly #folder: string;
  readonly #reload: Reload;

  private constructor(folder: string, reload: Reload) {
    this.#folder = folder;
    this.#reload = reload;
  }

  static async open(folder: string, reload: Reload): Promise<CascadeFolder> {
    await mkdir(folder, { recursive: true });
    return new CascadeFolder(folder, reload);
  }

  /** Keeps a cascade and brings it into force; gives its id. Throws SqlError 42P13, and then nothing has changed. */
  async create(yaml: string): Promise<string> {
    const { cascadeId } = checked(() => loadCascade('CREATE CASCADE', yaml));
    await this.#change(this.#fileOf(cascadeId), yaml);
    return cascadeId;
  }

  /** Throws SqlError 42704 for a cascade that was not made by SQL. */
  async drop(cascadeId: string): Promise<void> {
    const file = this.#fileOf(cascadeId);
    if ((await textOf(file)) === null) {
      throw new SqlError('42704', `cascade "${cascadeId}" was not made by CREATE CASCADE`, {
        hint: 'A cascade of a folder goes when its file does; then SELECT rvbbit_reload().',
      });
    }
    await this.#change(file, null);
  }

  /** `text` is null where the file is to go. */
  async #change(file: string, text: string | null): Promise<void> {
    const before = await textOf(file);
    await put(file, text);
    try {
      await this.#reload();
    } catch (error) {
      await put(file, before);
      await this.#reload();
      throw asSqlError(error);
    }
  }

  #fileOf(cascadeId: string): string {
    return join(this.#folder, `${cascadeId.replaceAll(/[^\w.-]/g, '_')}.cascade.yaml`);
  }
}

function checked<T>(load: () => T): T {
  try {
    return load();
  } catch (error) {
    throw asSqlError(error);
  }
}

/** What is wrong with a cascade, as the answer to a statement. */
export function asSqlError(error: unknown): unknown {
  if (!(error instanceof StartupError)) return error;
  const hint = error.hint === undefined ? {} : { hint: error.hint };
  return new SqlError('42P13', messageOf(error), { ...hint, cause: error });
}

async function textOf(file: string): Promise<string | null> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}

/** A half-written file would keep the server from starting. */
async function put(file: string, text: string | null): Promise<void> {
  if (text === null) return rm(file, { force: true });
  await writeFile(`${file}.new`, text);
  await rename(`${file}.new`, file);
}
