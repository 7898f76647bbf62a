import { SqlError } from '../../errors.ts';
import type { SequencePosition } from './replayed-sequences.ts';

/** A place in a transaction to which it can go back. */
export interface Savepoint {
  readonly name: string;
  /** DuckDB's transaction that held exactly what was done up to here. */
  readonly transaction: string | null;
  /** How many statements of the journal came before. */
  readonly length: number;
  /** What the journal's count of changes was. */
  readonly changes: number;
  /** Where the sequences stood. */
  readonly sequences: readonly SequencePosition[];
  /** Takes settings and subscriptions back, and closes what was opened since. */
  readonly restore: () => Promise<void>;
}

/** The savepoints of the open transaction, oldest first. Names may come twice: the newest is meant. */
export class Savepoints {
  #open: Savepoint[] = [];

  push(savepoint: Savepoint): void {
    this.#open.push(savepoint);
  }

  /** Throws 3B001. */
  named(name: string): Savepoint {
    const found = this.#open.findLast((savepoint) => savepoint.name === name);
    if (found === undefined) throw new SqlError('3B001', `savepoint "${name}" does not exist`);
    return found;
  }

  /** Forgets it and what came after it. */
  release(savepoint: Savepoint): void {
    this.#open.length = this.#open.indexOf(savepoint);
  }

  /**
   * After the transaction went back to `savepoint`: later ones are gone. In DuckDB's `transaction` those before it hold
   * too, where nothing was changed between them.
   */
  returnedTo(savepoint: Savepoint, transaction: string | null, changes: number): void {
    this.#open = this.#open.slice(0, this.#open.indexOf(savepoint) + 1).map((kept) => ({
      ...kept,
      transaction,
      changes: kept.changes === savepoint.changes ? changes : kept.changes,
    }));
  }

  clear(): void {
    this.#open = [];
  }
}
