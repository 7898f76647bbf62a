import { SqlError, messageOf } from '../errors.ts';
import type { Annotations } from './annotations.ts';
import type { Example } from './example.ts';
import { loadExamples } from './load-examples.ts';
import type { Store } from './log/store.ts';
import { emptyPool, makePool } from './pool.ts';
import type { ExampleSnapshot } from './pool.ts';
import { findStrategy } from './strategies/find-strategy.ts';
import type { TrainingSettings } from './training-settings.ts';
import type { CellIdentity, ExamplePool, Training } from './training.ts';

export interface ExamplePoolsOptions {
  /** Told once when the store starts to be in trouble; again only after it has recovered. */
  readonly warn: (message: string) => void;
  /** Longest time that examples may cost a statement. */
  readonly patienceMs?: number;
}

/** Cells whose snapshot is kept; far more than there are cascades. */
const MOST_CELLS = 1_000;

/** Example pools, kept in memory a cell at a version of its marks and read again when the version changes. */
export class ExamplePools implements Training {
  readonly #store: Store;
  readonly #annotations: Annotations;
  readonly #options: ExamplePoolsOptions;
  readonly #snapshots = new Map<string, ExampleSnapshot>();
  readonly #pools = new WeakMap<ExampleSnapshot, Map<string, ExamplePool>>();
  readonly #loading = new Map<string, Promise<ExampleSnapshot>>();
  /** Loads that outlasted the patience and still go on: while there are any, nobody waits for the store again. */
  readonly #late = new Set<Promise<ExampleSnapshot>>();
  #inTrouble = false;

  constructor(store: Store, annotations: Annotations, options: ExamplePoolsOptions) {
    this.#store = store;
    this.#annotations = annotations;
    this.#options = options;
    // Who asks after a mark must not be given what was asked for before it.
    annotations.onChange(() => this.#loading.clear());
  }

  async pool(cell: CellIdentity, settings: TrainingSettings): Promise<ExamplePool> {
    if (!settings.useTraining) return emptyPool(null);
    try {
      findStrategy(settings.strategy);
      const snapshot = await this.#withinPatience(keyOf(cell), () => this.#snapshot(cell));
      this.#inTrouble = false;
      return this.#poolOf(snapshot, cell, settings);
    } catch (error) {
      return this.#troubled(error);
    }
  }

  /** Every eligible example of a cell, newest first, without a bound in time. Throws SqlError. */
  async examples(cell: CellIdentity): Promise<readonly Example[]> {
    return (await this.#snapshot(cell)).examples;
  }

  #troubled(error: unknown): ExamplePool {
    const trouble = messageOf(error);
    if (!this.#inTrouble) this.#options.warn(`Training goes on without examples: ${trouble}`);
    this.#inTrouble = true;
    return emptyPool(trouble);
  }

  #poolOf(snapshot: ExampleSnapshot, cell: CellIdentity, settings: TrainingSettings): ExamplePool {
    const pools = this.#pools.get(snapshot) ?? new Map<string, ExamplePool>();
    this.#pools.set(snapshot, pools);
    const key = JSON.stringify([settings, cell.criterionArg]);
    const pool = pools.get(key) ?? makePool(snapshot, cell, settings);
    pools.set(key, pool);
    return pool;
  }

  async #withinPatience(key: string, load: () => Promise<ExampleSnapshot>): Promise<ExampleSnapshot> {
    const patience = this.#options.patienceMs ?? 250;
    if (this.#late.size > 0) throw tooLate(patience);
    const loading = this.#loading.get(key) ?? this.#track(key, load());
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        this.#late.add(loading);
        reject(tooLate(patience));
      }, patience);
      loading.then(resolve, reject).finally(() => clearTimeout(timer));
    });
  }

  #track(key: string, load: Promise<ExampleSnapshot>): Promise<ExampleSnapshot> {
    const tracked = load.finally(() => {
      if (this.#loading.get(key) === tracked) this.#loading.delete(key);
      this.#late.delete(tracked);
    });
    this.#loading.set(key, tracked);
    return tracked;
  }

  async #snapshot(cell: CellIdentity): Promise<ExampleSnapshot> {
    const version = await this.#annotations.version(cell.cascadeId, cell.cellName);
    const key = keyOf(cell);
    const known = this.#snapshots.get(key);
    if (known?.version === version) return known;
    const snapshot = Object.freeze({ version, examples: await loadExamples(this.#store, cell) });
    if (this.#snapshots.size >= MOST_CELLS) this.#snapshots.clear();
    this.#snapshots.set(key, snapshot);
    return snapshot;
  }
}

function keyOf(cell: CellIdentity): string {
  return JSON.stringify([cell.cascadeId, cell.cellName, cell.fingerprint]);
}

function tooLate(patienceMs: number): SqlError {
  return new SqlError('57014', `the examples did not come within ${patienceMs} ms`);
}
