import { SqlError, messageOf } from '../errors.ts';
import type { Annotations } from './annotations.ts';
import { marksAfter, marksOf } from './cell-marks.ts';
import type { CellMarks } from './cell-marks.ts';
import type { Embeddings } from './embeddings/embeddings.ts';
import { ChangesElsewhere } from './changes-elsewhere.ts';
import type { ChangedMark } from './changes-elsewhere.ts';
import { countStale, loadMarks } from './load-examples.ts';
import type { Reach } from './log/reach.ts';
import type { Store } from './log/store.ts';
import type { ExampleSnapshot } from './pool/example-snapshot.ts';
import { emptyPool, makePool } from './pool/make-pool.ts';
import { Snapshots } from './pool/snapshots.ts';
import { NO_REDACTION } from './redaction.ts';
import type { Redaction } from './redaction.ts';
import { SHIPPED_STRATEGIES } from './strategies/find-strategy.ts';
import type { Strategies } from './strategies/find-strategy.ts';
import type { TrainingSettings } from './training-settings.ts';
import type { CellIdentity, ExamplePool, Training, VerifiedAnswers } from './training.ts';
import { NOTHING_VERIFIED, verifiedAnswersOf } from './verified-answers.ts';

export interface ExamplePoolsOptions {
  /** Told once when the store starts to be in trouble; again only after it has recovered. */
  readonly warn: (message: string) => void;
  /** Longest time that examples may cost a statement. */
  readonly patienceMs?: number;
  /** Told of questions that statements wait for. */
  readonly reach?: Reach;
  /** Left out: no semantic strategy, and examples of every criterion. */
  readonly embeddings?: Embeddings;
  readonly redaction?: Redaction;
  /** The shipped ones where left out. */
  readonly strategies?: Strategies;
  /** Told when another server may have deleted calls, before whoever asked is given examples. */
  readonly onDeletion?: () => void;
}

/** What is in memory of a cell. */
interface KnownCell {
  readonly cell: CellIdentity;
  readonly marks: CellMarks;
}

/** A cell whose marks are being read. */
interface LoadingCell {
  readonly cell: CellIdentity;
  readonly marks: Promise<CellMarks>;
  /** Marks made meanwhile. */
  readonly missed: ChangedMark[];
}

/** Cells whose snapshot is kept; far more than there are cascades. */
const MOST_CELLS = 1_000;

/**
 * Example pools, kept in memory a cell. Marks of this process change them as they are written; marks of others before
 * the next look-up, which reads what is new and nothing else.
 */
export class ExamplePools implements Training {
  readonly #store: Store;
  readonly #options: ExamplePoolsOptions;
  readonly #strategies: Strategies;
  readonly #known = new Map<string, KnownCell>();
  /** By cell and criterion. */
  readonly #makers = new Map<string, Snapshots>();
  readonly #snapshots = new WeakMap<CellMarks, Map<string | null, Promise<ExampleSnapshot>>>();
  readonly #pools = new WeakMap<ExampleSnapshot, Map<string, Promise<ExamplePool>>>();
  readonly #verified = new WeakMap<CellMarks, VerifiedAnswers>();
  readonly #loading = new Map<string, LoadingCell>();
  readonly #changes: ChangesElsewhere;
  /** Loads that outlasted the patience and still go on: while there are any, nobody waits for the store again. */
  readonly #late = new Set<Promise<CellMarks>>();
  #inTrouble = false;

  constructor(store: Store, annotations: Annotations, options: ExamplePoolsOptions) {
    this.#store = store;
    this.#options = options;
    this.#strategies = options.strategies ?? SHIPPED_STRATEGIES;
    this.#changes = new ChangesElsewhere(store, {
      marked: (rows) => this.#take(rows),
      lost: () => this.#lost(),
    });
    annotations.onChange((rows) => {
      if (rows.length === 0) this.forget();
      else this.#take(rows);
      this.#changes.wrote();
    });
  }

  async pool(cell: CellIdentity, settings: TrainingSettings): Promise<ExamplePool> {
    if (!settings.useTraining) return emptyPool(null);
    try {
      this.#strategies.find(settings.strategy);
      const marks = await this.#withinPatience(() => this.#marksOf(cell));
      const pool = await this.#poolOf(await this.#snapshotOf(marks, cell), cell, settings);
      this.#inTrouble = false;
      return pool;
    } catch (error) {
      return emptyPool(this.#troubled(error));
    }
  }

  async verifiedAnswers(cell: CellIdentity): Promise<VerifiedAnswers> {
    try {
      const marks = await this.#withinPatience(() => this.#marksOf(cell));
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
    return makePool(snapshot, cell, settings, embedding, this.#strategies);
  }

  /** After rows of the log are gone: what was read of them is read again. */
  forget(): void {
    this.#known.clear();
    this.#makers.clear();
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
    return once(made, cell.criterionArg, () => this.#makerOf(cell).of(marks));
  }

  #makerOf(cell: CellIdentity): Snapshots {
    const key = JSON.stringify([keyOf(cell), cell.criterionArg]);
    const known = this.#makers.get(key);
    if (known !== undefined) return known;
    const { embeddings = null, redaction = NO_REDACTION } = this.#options;
    const maker = new Snapshots(cell, { embeddings, redaction });
    this.#makers.set(key, maker);
    return maker;
  }

  #poolOf(snapshot: ExampleSnapshot, cell: CellIdentity, settings: TrainingSettings): Promise<ExamplePool> {
    const pools = this.#pools.get(snapshot) ?? new Map<string, Promise<ExamplePool>>();
    this.#pools.set(snapshot, pools);
    const key = JSON.stringify([settings, cell.criterionArg]);
    return once(pools, key, () => this.poolFrom(snapshot, cell, settings));
  }

  async #withinPatience(load: () => Promise<CellMarks>): Promise<CellMarks> {
    const patience = this.#options.patienceMs ?? 250;
    if (this.#late.size > 0) throw tooLate(patience);
    const loading = load();
    this.#options.reach?.watch(loading);
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        this.#late.add(loading);
        reject(tooLate(patience));
      }, patience);
      const settled = (): void => {
        clearTimeout(timer);
        this.#late.delete(loading);
      };
      loading.then(resolve, reject).finally(settled);
    });
  }

  async #marksOf(cell: CellIdentity): Promise<CellMarks> {
    await this.#changes.catchUp();
    const key = keyOf(cell);
    return this.#known.get(key)?.marks ?? (this.#loading.get(key) ?? this.#load(key, cell)).marks;
  }

  #load(key: string, cell: CellIdentity): LoadingCell {
    const missed: ChangedMark[] = [];
    const marks = this.#read(cell, missed).then((read) => {
      if (this.#loading.get(key) === loading) {
        if (this.#known.size >= MOST_CELLS) this.#makers.clear();
        if (this.#known.size >= MOST_CELLS) this.#known.clear();
        this.#known.set(key, { cell, marks: read });
      }
      return read;
    });
    const loading = { cell, marks, missed };
    this.#loading.set(key, loading);
    const settled = (): void => {
      if (this.#loading.get(key) === loading) this.#loading.delete(key);
    };
    marks.then(settled, settled);
    return loading;
  }

  async #read(cell: CellIdentity, missed: readonly ChangedMark[]): Promise<CellMarks> {
    const rows = await loadMarks(this.#store, cell);
    const marks = marksOf(rows, cell.fingerprint);
    return marksAfter(marks, missed, cell.fingerprint) ?? this.#read(cell, missed);
  }

  /** Marks just written, here or elsewhere: whoever asks after them is given them. */
  #take(rows: readonly ChangedMark[]): void {
    const ofCell = ({ cascadeId, cellName }: CellIdentity): ChangedMark[] =>
      rows.filter((row) => row.cascade_id === cascadeId && row.cell_name === cellName);
    for (const { cell, missed } of this.#loading.values()) missed.push(...ofCell(cell));
    for (const [key, { cell, marks }] of this.#known) {
      const own = ofCell(cell);
      if (own.length === 0) continue;
      const after = own.some(lacksItsCall) ? null : marksAfter(marks, own, cell.fingerprint);
      if (after === null) this.#known.delete(key);
      else this.#known.set(key, { cell, marks: after });
    }
  }

  /** Other servers have deleted calls. */
  #lost(): void {
    this.forget();
    this.#options.onDeletion?.();
  }
}

/** Marks made before marks held what their call taught; or of a call that failed. */
function lacksItsCall({ inputs, deleted }: ChangedMark): boolean {
  return inputs === '' && deleted === 0;
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
