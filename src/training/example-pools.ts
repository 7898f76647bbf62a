import { SqlError, messageOf } from '../errors.ts';
import type { Annotations } from './annotations.ts';
import type { Embeddings } from './embeddings/embeddings.ts';
import { countStale, loadExamples } from './load-examples.ts';
import type { MarkedExample } from './load-examples.ts';
import type { Store } from './log/store.ts';
import type { ExampleSnapshot } from './pool/example-snapshot.ts';
import { emptyPool, makePool } from './pool/make-pool.ts';
import { makeSnapshot } from './pool/make-snapshot.ts';
import { NO_REDACTION } from './redaction.ts';
import type { Redaction } from './redaction.ts';
import { findStrategy } from './strategies/find-strategy.ts';
import type { TrainingSettings } from './training-settings.ts';
import type { CellIdentity, ExamplePool, Training, VerifiedAnswers } from './training.ts';
import { NOTHING_VERIFIED, verifiedAnswersOf } from './verified-answers.ts';

export interface ExamplePoolsOptions {
  /** Told once when the store starts to be in trouble; again only after it has recovered. */
  readonly warn: (message: string) => void;
  /** Longest time that examples may cost a statement. */
  readonly patienceMs?: number;
  /** Left out: no semantic strategy, and examples of every criterion. */
  readonly embeddings?: Embeddings;
  readonly redaction?: Redaction;
}

/** The marks of a cell at one version. */
interface CellMarks {
  readonly version: string;
  readonly marked: readonly MarkedExample[];
}

/** Cells whose snapshot is kept; far more than there are cascades. */
const MOST_CELLS = 1_000;

/** Example pools, kept in memory a cell at a version of its marks and read again when the version changes. */
export class ExamplePools implements Training {
  readonly #store: Store;
  readonly #annotations: Annotations;
  readonly #options: ExamplePoolsOptions;
  readonly #marks = new Map<string, CellMarks>();
  readonly #snapshots = new WeakMap<CellMarks, Map<string | null, Promise<ExampleSnapshot>>>();
  readonly #pools = new WeakMap<ExampleSnapshot, Map<string, Promise<ExamplePool>>>();
  readonly #verified = new WeakMap<CellMarks, VerifiedAnswers>();
  readonly #loading = new Map<string, Promise<CellMarks>>();
  /** Loads that outlasted the patience and still go on: while there are any, nobody waits for the store again. */
  readonly #late = new Set<Promise<CellMarks>>();
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
      const marks = await this.#withinPatience(keyOf(cell), () => this.#marksOf(cell));
      const pool = await this.#poolOf(await this.#snapshotOf(marks, cell), cell, settings);
      this.#inTrouble = false;
      return pool;
    } catch (error) {
      return emptyPool(this.#troubled(error));
    }
  }

  async verifiedAnswers(cell: CellIdentity): Promise<VerifiedAnswers> {
    try {
      const marks = await this.#withinPatience(keyOf(cell), () => this.#marksOf(cell));
      const answers = this.#verified.get(marks) ?? verifiedAnswersOf(marks.marked, cell);
      this.#verified.set(marks, answers);
      return answers;
    } catch (error) {
      this.#troubled(error);
      return NOTHING_VERIFIED;
    }
  }

  /** What there is to learn from, newest first, without a bound in time. Throws SqlError. */
  async snapshot(cell: CellIdentity): Promise<ExampleSnapshot> {
    return this.#snapshotOf(await this.#marksOf(cell), cell);
  }

  /** Trainable calls that an edit of prompt or schema has left behind. Throws SqlError. */
  countStale(cell: CellIdentity): Promise<number> {
    return countStale(this.#store, cell);
  }

  /** A pool of a snapshot, as a statement would get it. Throws SqlError. */
  poolFrom(snapshot: ExampleSnapshot, cell: CellIdentity, settings: TrainingSettings): Promise<ExamplePool> {
    const embeddings = this.#options.embeddings;
    const embedding =
      embeddings === undefined
        ? null
        : {
            rows: (texts: readonly string[]) => embeddings.embedder.embed(texts),
            criteria: (texts: readonly string[]) => embeddings.vectorsOf(texts),
          };
    return makePool(snapshot, cell, settings, embedding);
  }

  /** After rows of the log are gone: what was read of them is read again. */
  forget(): void {
    this.#marks.clear();
    this.#loading.clear();
  }

  #troubled(error: unknown): string {
    const trouble = messageOf(error);
    if (!this.#inTrouble) this.#options.warn(`Training goes on without examples: ${trouble}`);
    this.#inTrouble = true;
    return trouble;
  }

  #snapshotOf(marks: CellMarks, cell: CellIdentity): Promise<ExampleSnapshot> {
    const made = this.#snapshots.get(marks) ?? new Map<string | null, Promise<ExampleSnapshot>>();
    this.#snapshots.set(marks, made);
    return once(made, cell.criterionArg, () =>
      makeSnapshot(marks.version, marks.marked, cell, {
        embeddings: this.#options.embeddings ?? null,
        redaction: this.#options.redaction ?? NO_REDACTION,
      }),
    );
  }

  #poolOf(snapshot: ExampleSnapshot, cell: CellIdentity, settings: TrainingSettings): Promise<ExamplePool> {
    const pools = this.#pools.get(snapshot) ?? new Map<string, Promise<ExamplePool>>();
    this.#pools.set(snapshot, pools);
    const key = JSON.stringify([settings, cell.criterionArg]);
    return once(pools, key, () => this.poolFrom(snapshot, cell, settings));
  }

  async #withinPatience(key: string, load: () => Promise<CellMarks>): Promise<CellMarks> {
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

  #track(key: string, load: Promise<CellMarks>): Promise<CellMarks> {
    const tracked = load.finally(() => {
      if (this.#loading.get(key) === tracked) this.#loading.delete(key);
      this.#late.delete(tracked);
    });
    this.#loading.set(key, tracked);
    return tracked;
  }

  async #marksOf(cell: CellIdentity): Promise<CellMarks> {
    const version = await this.#annotations.version(cell.cascadeId, cell.cellName);
    const key = keyOf(cell);
    const known = this.#marks.get(key);
    if (known?.version === version) return known;
    const marks = Object.freeze({ version, marked: await loadExamples(this.#store, cell) });
    if (this.#marks.size >= MOST_CELLS) this.#marks.clear();
    this.#marks.set(key, marks);
    return marks;
  }
}

/** The value of a key, made by whoever asks first; a failure is made again. */
function once<K, V>(made: Map<K, Promise<V>>, key: K, make: () => Promise<V>): Promise<V> {
  const known = made.get(key);
  if (known !== undefined) return known;
  const making = make();
  made.set(key, making);
  making.catch(() => made.delete(key));
  return making;
}

function keyOf(cell: CellIdentity): string {
  return JSON.stringify([cell.cascadeId, cell.cellName, cell.fingerprint]);
}

function tooLate(patienceMs: number): SqlError {
  return new SqlError('57014', `the examples did not come within ${patienceMs} ms`);
}
