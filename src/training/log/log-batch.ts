import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { SqlError, messageOf } from '../../errors.ts';
import type { Batch, LogSpool } from './log-spool.ts';

export interface LogBatchOptions<Row> {
  readonly rows: number;
  readonly milliseconds: number;
  /** A batch whose write failed is written again under the same token: it may have arrived all the same. */
  readonly write: (rows: readonly Row[], token: string) => Promise<void>;
  readonly onTrouble: (error: Error) => void;
  /** Keeps rows on disk that the store does not take, and has those of the process before. */
  readonly spool?: LogSpool<Row>;
}

/** With this many rows waiting, no more are taken: a store that is down must not fill the memory. */
const MOST_WAITING = 200_000;
const ATTEMPTS = 4;
const FIRST_PAUSE_MS = 50;
/** A write that takes longer, and what came meanwhile, is kept on disk: a row is on disk a second after its call. */
const KEEP_AFTER_MS = 500;

/**
 * Gathers rows and writes them together: when there are enough, when the oldest has waited long enough, and on
 * flush. One write at a time, so rows arrive in order. Rows whose write failed stay and are tried again with the
 * next write; past a bound new ones are given up, which the next flush says. With a spool they are on disk meanwhile,
 * and the next process writes them first.
 */
export class LogBatch<Row> {
  readonly #options: LogBatchOptions<Row>;
  #waiting: Row[] = [];
  /** Being written, left over from writes that failed, or kept on disk; oldest first. */
  readonly #unwritten: Batch<Row>[] = [];
  #keeping: Promise<void> = Promise.resolve();
  #lost = 0;
  /** Rows taken, and rows written, so far. */
  #added = 0;
  #written = 0;
  #failing = false;
  #closed = false;
  #timer: NodeJS.Timeout | null = null;
  #writing: Promise<void> = Promise.resolve();

  constructor(options: LogBatchOptions<Row>) {
    this.#options = options;
    this.#unwritten.push(...(options.spool?.left ?? []));
    this.#added = this.#unwritten.reduce((sum, { rows }) => sum + rows.length, 0);
    if (this.#added > 0) this.#startTimer(options.milliseconds);
  }

  add(row: Row): void {
    if (this.#closed || this.#added - this.#written >= MOST_WAITING) {
      this.#lost += 1;
      return;
    }
    this.#waiting.push(row);
    this.#added += 1;
    if (this.#waiting.length === this.#options.rows) this.#writeSoon();
    else this.#startTimer(this.#options.milliseconds);
  }

  /**
   * Resolves when the rows added so far are written; those that come meanwhile keep nobody waiting. Rejects with
   * SqlError 58030 where rows could not be written.
   */
  async flush(): Promise<void> {
    await this.#enqueue();
    if (this.#lost === 0) return;
    const lost = this.#lost;
    this.#lost = 0;
    throw new SqlError(
      '58030',
      `${lost} rows of the log were given up because the log store could not take them`,
    );
  }

  async close(): Promise<void> {
    this.#closed = true;
    try {
      await this.flush();
    } catch (error) {
      const count = this.#unwritten.reduce((sum, { rows }) => sum + rows.length, 0);
      if (count === 0 || !this.#unwritten.every((batch) => this.#options.spool?.has(batch))) throw error;
      const cause = messageOf(error);
      this.#options.onTrouble(new Error(`${count} rows are kept on disk until the next start: ${cause}`));
    }
  }

  #writeSoon(): void {
    this.#enqueue().then(
      () => {
        this.#failing = false;
      },
      (error: unknown) => this.#report(error),
    );
  }

  #report(error: unknown): void {
    if (!this.#failing) this.#options.onTrouble(error instanceof Error ? error : new Error(String(error)));
    this.#failing = true;
    this.#startTimer(this.#options.milliseconds * 4);
  }

  #startTimer(milliseconds: number): void {
    this.#timer ??= setTimeout(() => {
      this.#timer = null;
      this.#writeSoon();
    }, milliseconds).unref();
  }

  #enqueue(): Promise<void> {
    const upTo = this.#added;
    const turn = this.#writing.then(() => this.#writeWaiting(upTo));
    this.#writing = turn.catch(() => undefined);
    return turn;
  }

  async #writeWaiting(upTo: number): Promise<void> {
    while (this.#written < upTo) {
      if (this.#timer !== null) clearTimeout(this.#timer);
      this.#timer = null;
      if (this.#unwritten.length === 0) this.#take();
      const [batch] = this.#unwritten;
      if (batch === undefined) return;
      await this.#writeOrKeep(batch);
      this.#unwritten.shift();
      this.#written += batch.rows.length;
      await this.#keeping;
      await this.#options.spool?.drop(batch);
    }
    if (this.#written < this.#added) this.#startTimer(this.#options.milliseconds);
  }

  #take(): void {
    if (this.#waiting.length === 0) return;
    this.#unwritten.push({ rows: this.#waiting, token: randomUUID() });
    this.#waiting = [];
  }

  async #writeOrKeep(batch: Batch<Row>): Promise<void> {
    const slow = setInterval(() => this.#keep(), KEEP_AFTER_MS).unref();
    try {
      await this.#writeWithRetries(batch);
    } catch (error) {
      this.#keep();
      await this.#keeping;
      throw error;
    } finally {
      clearInterval(slow);
    }
  }

  /** Puts everything on disk that the store has not taken yet. */
  #keep(): void {
    const { spool } = this.#options;
    if (spool === undefined) return;
    this.#take();
    const batches = [...this.#unwritten];
    this.#keeping = this.#keeping.then(async () => {
      try {
        for (const batch of batches) if (this.#unwritten.includes(batch)) await spool.keep(batch);
      } catch (error) {
        this.#report(new Error(`rows cannot be kept on disk either: ${messageOf(error)}`));
      }
    });
  }

  async #writeWithRetries(batch: Batch<Row>): Promise<void> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        await this.#options.write(batch.rows, batch.token);
        return;
      } catch (error) {
        if (attempt === ATTEMPTS) throw error;
        await sleep(FIRST_PAUSE_MS * 2 ** (attempt - 1));
      }
    }
  }
}
