import { DuckDBBlobValue, type DuckDBValue } from '@duckdb/node-api';
import type { BoundParameters } from '../statements/bound-parameters.ts';
import type { Plan } from '../statements/plan.ts';
import { RowDigest } from '../wire/rows/row-digest.ts';
import type { RowEncoder } from '../wire/rows/row-encoder.ts';

const MOST_ENTRIES = 10_000;
const MOST_BYTES = 32 * 1024 * 1024;

/** A statement that ran in the open transaction, and what its client saw of it. */
export class JournalEntry<S> {
  encoder: RowEncoder | null = null;
  digest: RowDigest | null = null;

  constructor(
    readonly plan: Plan<S>,
    readonly parameters: BoundParameters,
  ) {}

  /** Its rows go to the client in this form. */
  sees(encoder: RowEncoder): RowDigest {
    this.encoder = encoder;
    this.digest ??= new RowDigest();
    return this.digest;
  }
}

/** What a transaction has done so far, for the case that it has to go back to a savepoint. */
export class Journal<S> {
  #entries: JournalEntry<S>[] = [];
  #bytes = 0;
  #changes = 0;
  #tooLong = false;

  get length(): number {
    return this.#entries.length;
  }

  /** Counts what changed data; it never goes down within a transaction. */
  get changes(): number {
    return this.#changes;
  }

  /** Something was changed beside the statements that are recorded. */
  changed(): void {
    this.#changes += 1;
  }

  /** null where nothing has to be kept of the statement. */
  record(plan: Plan<S>, parameters: BoundParameters): JournalEntry<S> | null {
    if (plan.role === 'control' || plan.replay === 'skip') return null;
    if (plan.replay.endsWith('change')) this.changed();
    if (this.#tooLong) return null;
    const entry = new JournalEntry(plan, parameters);
    this.#entries.push(entry);
    this.#bytes += plan.sql.length + bytesOf(parameters);
    if (this.length > MOST_ENTRIES || this.#bytes > MOST_BYTES) this.#forgetAll();
    return entry;
  }

  /** The first statements of the transaction, in order. */
  first(length: number): readonly JournalEntry<S>[] {
    return this.#entries.slice(0, length);
  }

  /** Why the first statements cannot be run again; null where they can. */
  unrepeatable(length: number): string | null {
    if (this.#tooLong) return 'the transaction is too long to be run again';
    const entry = this.first(length).find(({ plan }) => plan.replay.startsWith('unrepeatable'));
    return entry === undefined ? null : `${commandOf(entry.plan.sql)} cannot be run again`;
  }

  /** Forgets what came behind. */
  cut(length: number): void {
    this.#entries.length = Math.min(length, this.length);
  }

  clear(): void {
    this.#entries = [];
    this.#bytes = 0;
    this.#changes = 0;
    this.#tooLong = false;
  }

  #forgetAll(): void {
    this.#tooLong = true;
    this.#entries = [];
  }
}

function commandOf(sql: string): string {
  return /[a-z]+/i.exec(sql)?.[0].toUpperCase() ?? 'it';
}

function bytesOf({ values }: BoundParameters): number {
  return values.reduce<number>((sum, value) => sum + sizeOf(value), 0);
}

function sizeOf(value: DuckDBValue): number {
  if (typeof value === 'string') return value.length;
  return value instanceof DuckDBBlobValue ? value.bytes.length : 16;
}
