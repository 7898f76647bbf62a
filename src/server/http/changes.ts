import type { TrainingSystem } from '../../training/training-system.ts';

/** What has changed in the store: new calls, or new marks. */
export type Change = 'calls' | 'marks';

type Listener = (change: Change) => void;

const POLL_MS = 1_000;

/** Tells of new rows in the log, whichever server wrote them; looks only while somebody listens. */
export class Changes {
  readonly #training: TrainingSystem;
  readonly #warn: (message: string) => void;
  readonly #listeners = new Set<Listener>();
  #seen: Readonly<Record<Change, number>> | null = null;
  #timer: NodeJS.Timeout | null = null;

  constructor(training: TrainingSystem, warn: (message: string) => void) {
    this.#training = training;
    this.#warn = warn;
  }

  /** Gives the way to stop. */
  listen(listener: Listener): () => void {
    this.#listeners.add(listener);
    this.#timer ??= setInterval(() => void this.#look(), POLL_MS).unref();
    return () => {
      this.#listeners.delete(listener);
      if (this.#listeners.size > 0 || this.#timer === null) return;
      clearInterval(this.#timer);
      this.#timer = null;
      this.#seen = null;
    };
  }

  async #look(): Promise<void> {
    try {
      const now = await this.#counts();
      const before = this.#seen ?? now;
      this.#seen = now;
      for (const change of ['calls', 'marks'] as const) {
        if (now[change] !== before[change]) for (const listener of this.#listeners) listener(change);
      }
    } catch (error) {
      this.#warn(`Changes of the log cannot be seen: ${String(error)}`);
    }
  }

  /** From the parts' own counts, which costs the same however long the log is. */
  async #counts(): Promise<Readonly<Record<Change, number>>> {
    const rows = await this.#training.store.query<Record<Change, number>>(
      'studio',
      `SELECT sumIf(rows, table IN ('unified_logs', 'sql_statements')) AS calls,
              sumIf(rows, table = 'training_annotation_history') AS marks
       FROM system.parts WHERE active AND database = 'rvbbit'`,
    );
    return rows[0] ?? { calls: 0, marks: 0 };
  }
}
