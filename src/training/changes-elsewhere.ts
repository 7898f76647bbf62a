import type { MarkRow } from './marked-example.ts';
import { MARK_COLUMNS } from './marked-example.ts';
import type { Store } from './log/store.ts';

/** A mark as it was written, by whichever server. */
export type ChangedMark = MarkRow & { readonly cascade_id: string; readonly cell_name: string };

export interface ChangesListener {
  /** Marks in the order of the store; this server's own may be among them. */
  marked(marks: readonly ChangedMark[]): void;
  /** Calls were deleted, or it cannot be told what has changed: nothing known holds. */
  lost(): void;
}

/** How far the changes are known. */
interface Seen {
  readonly count: number;
  /** Time of the newest, in microseconds by the store's clock. */
  readonly last: number;
}

interface ChangeRow extends ChangedMark {
  readonly at: number;
  readonly total: number;
}

const TABLE = 'rvbbit.training_changes';

/** Of more changes than this, what is known of marks is read anew. */
const MOST_ROWS = 10_000;

/**
 * What other servers on the same log have changed. Whoever is about to use what is known of marks catches up first:
 * one count where nothing is new, and one range of what is. Where no other server can write, nothing is asked.
 */
export class ChangesElsewhere {
  readonly #store: Store;
  readonly #listener: ChangesListener;
  #seen: Seen | null = null;
  /** This server has written: there is something to read. */
  #written = false;
  #running: Promise<void> = Promise.resolve();
  /** To begin; those who ask until then share it. */
  #next: Promise<void> | null = null;

  constructor(store: Store, listener: ChangesListener) {
    this.#store = store;
    this.#listener = listener;
  }

  /** Resolves when the listener knows every change made before this was called. Throws SqlError. */
  catchUp(): Promise<void> {
    if (this.#store.exclusive) return this.#running;
    if (this.#next !== null) return this.#next;
    const next = this.#running.then(() => {
      this.#next = null;
      return this.#read();
    });
    this.#next = next;
    this.#running = next.catch(() => undefined);
    return next;
  }

  /** This server's marks are in the store; the listener knows them. */
  wrote(): void {
    this.#written = true;
  }

  async #read(): Promise<void> {
    if (this.#seen === null) return this.#begin();
    const written = this.#written;
    this.#written = false;
    if (!written && (await this.#count()) === this.#seen.count) return;
    const rows = await this.#rowsAfter(this.#seen.last);
    const total = rows[0]?.total ?? (await this.#count());
    if (this.#seen.count + rows.length < total || rows.some(({ trace_id }) => trace_id === ''))
      return this.#begin();
    const last = rows.at(-1)?.at ?? this.#seen.last;
    this.#seen = { count: this.#seen.count + rows.length, last };
    if (rows.length > 0) this.#listener.marked(rows);
  }

  /** What is read after this is newer than what was seen. */
  async #begin(): Promise<void> {
    const before = this.#seen;
    const [seen] = await this.#store.query<Seen>(
      'examples',
      `SELECT count() AS count, max(at) AS last FROM ${TABLE}`,
    );
    this.#seen = seen ?? { count: 0, last: 0 };
    if (before !== null) this.#listener.lost();
  }

  async #count(): Promise<number> {
    const [row] = await this.#store.query<{ count: number }>(
      'examples',
      `SELECT count() AS count FROM ${TABLE}`,
    );
    return row?.count ?? 0;
  }

  #rowsAfter(last: number): Promise<readonly ChangeRow[]> {
    return this.#store.query<ChangeRow>(
      'examples',
      `SELECT at, cascade_id, cell_name, ${MARK_COLUMNS}, (SELECT count() FROM ${TABLE}) AS total
       FROM ${TABLE} WHERE at > ${last} ORDER BY at LIMIT ${MOST_ROWS}`,
    );
  }
}
