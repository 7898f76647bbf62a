import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { SqlError } from '../../errors.ts';

export interface LogBatchOptions<Row> {
  readonly rows: number;
  readonly milliseconds: number;
  /** A batch whose write failed is written again under the same token: it may have arrived all the same. */
  readonly write: (rows: readonly Row[], token: string) => Promise<void>;
  readonly onTrouble: (error: Error) => void;
}

interface Batch<Row> {
  readonly rows: readonly Row[];
  readonly token: string;
}

/** With this many rows waiting, no more are taken: a store that is down must not fill the memory. */
const MOST_WAITING = 200_000;
const ATTEMPTS = 4;
const FIRST_PAUSE_MS = 50;

/**
 * Gathers rows and writes them together: when there are enough, when the oldest has waited long enough, and on
 * flush. One write at a time, so rows arrive in order. Rows whose write failed stay and are tried again with the
 * next write; past a bound new ones are given up, which the next flush says.
 */
export class LogBatch<Row> {
  readonly #options: LogBatchOptions<Row>;
  #waiting: Row[] = [];
  /** Being written, or left over from a write that failed. */
  #unwritten: Batch<Row> | null = null;
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
  }

  add(row: Row): void {
    if (this.#closed || this.#waiting.length >= MOST_WAITING) {
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
    await this.flush();
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
      const batch = this.#unwritten ?? this.#take();
      if (batch === null) return;
      this.#unwritten = batch;
      await this.#writeWithRetries(batch);
      this.#unwritten = null;
      this.#written += batch.rows.length;
    }
    if (this.#waiting.length > 0) this.#startTimer(this.#options.milliseconds);
  }

  #take(): Batch<Row> | null {
    const rows = this.#waiting;
    if (rows.length === 0) return null;
    this.#waiting = [];
    return { rows, token: randomUUID() };
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
