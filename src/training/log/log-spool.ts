import { mkdir, open, readFile, readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { StartupError, messageOf } from '../../errors.ts';

/** Rows that are written together, and the token under which they count once. */
export interface Batch<Row> {
  readonly rows: readonly Row[];
  readonly token: string;
}

/** With this many bytes on disk no more are taken: a store that is down must not fill the disk. */
const MOST_BYTES = 256 * 1024 * 1024;
const FILE = /^(\d{9})-([\w-]+)\.ndjson$/;

interface Kept {
  readonly file: string;
  readonly bytes: number;
}

/**
 * Batches of a table on disk while the store cannot take them: a file each, a row a line, in the order of arrival. A
 * process that starts on the folder finds what the one before it could not write.
 */
export class LogSpool<Row> {
  readonly #folder: string;
  readonly #kept = new Map<string, Kept>();
  #next: number;
  #bytes = 0;

  private constructor(
    folder: string,
    /** What an earlier process left, oldest first. */
    readonly left: readonly Batch<Row>[],
    files: ReadonlyMap<string, Kept>,
    next: number,
  ) {
    this.#folder = folder;
    this.#next = next;
    for (const [token, kept] of files) this.#remember(token, kept);
  }

  /** Throws StartupError where the folder cannot be made or a file of it cannot be read. */
  static async open<Row>(folder: string): Promise<LogSpool<Row>> {
    try {
      await mkdir(folder, { recursive: true });
      const names = (await readdir(folder)).toSorted();
      const left: Batch<Row>[] = [];
      const files = new Map<string, Kept>();
      let next = 1;
      for (const name of names) {
        const [, order, token] = FILE.exec(name) ?? [];
        const file = join(folder, name);
        if (order === undefined || token === undefined) continue;
        const text = await readFile(file, 'utf8');
        left.push({
          token,
          rows: text
            .split('\n')
            .filter(Boolean)
            .map((line) => JSON.parse(line) as Row),
        });
        files.set(token, { file, bytes: Buffer.byteLength(text) });
        next = Number(order) + 1;
      }
      return new LogSpool(folder, left, files, next);
    } catch (error) {
      throw new StartupError(
        `the rows in ${folder} that the log has not taken yet cannot be read: ${messageOf(error)}`,
        'Make the folder readable, or move away the file that is broken: its rows are then not logged.',
        error,
      );
    }
  }

  /** On disk when it resolves; a batch that is there already is not written again. Rejects where there is no room. */
  async keep({ rows, token }: Batch<Row>): Promise<void> {
    if (this.#kept.has(token)) return;
    const text = rows.map((row) => `${JSON.stringify(row)}\n`).join('');
    const bytes = Buffer.byteLength(text);
    if (this.#bytes + bytes > MOST_BYTES) throw new Error(`the spool holds ${MOST_BYTES} bytes already`);
    const file = join(this.#folder, `${String(this.#next).padStart(9, '0')}-${token}.ndjson`);
    this.#next += 1;
    const written = await open(`${file}.part`, 'w');
    try {
      await written.writeFile(text);
      await written.sync();
    } finally {
      await written.close();
    }
    await rename(`${file}.part`, file);
    this.#remember(token, { file, bytes });
  }

  /** Forgets a batch that the store has. */
  async drop({ token }: Batch<Row>): Promise<void> {
    const kept = this.#kept.get(token);
    if (kept === undefined) return;
    this.#kept.delete(token);
    this.#bytes -= kept.bytes;
    await rm(kept.file, { force: true });
  }

  has({ token }: Batch<Row>): boolean {
    return this.#kept.has(token);
  }

  #remember(token: string, kept: Kept): void {
    this.#kept.set(token, kept);
    this.#bytes += kept.bytes;
  }
}
