import type { Annotation, Annotator, Mark } from './annotation.ts';
import { Annotations } from './annotations.ts';
import { ExamplePools } from './example-pools.ts';
import { announceDeletion, deleteCalls } from './delete-calls.ts';
import { Embeddings } from './embeddings/embeddings.ts';
import { textOfInputs } from './embeddings/text-of-inputs.ts';
import type { TextEmbedder } from './embeddings/text-embedder.ts';
import type { FormattedExamples } from './formats/format.ts';
import { formatExamples } from './formats/format-examples.ts';
import { listExamples } from './list-examples.ts';
import type { ExampleFilter, ExamplePage } from './list-examples.ts';
import { ClickHouseLog } from './log/clickhouse-log.ts';
import { purgeLog } from './log/purge-log.ts';
import type { Purged } from './log/purge-log.ts';
import { Reach } from './log/reach.ts';
import type { LogSpool } from './log/log-spool.ts';
import type { Store, StoreRow } from './log/store.ts';
import { NO_REDACTION } from './redaction.ts';
import type { Redaction } from './redaction.ts';
import { readStatistics } from './statistics.ts';
import type { TrainingStats } from './statistics.ts';
import { revalidate } from './revalidate.ts';
import type { Revalidated } from './revalidate.ts';
import { Strategies } from './strategies/find-strategy.ts';
import type { Strategy } from './strategies/strategy.ts';
import type { TrainingSettings } from './training-settings.ts';
import type { CellIdentity } from './training.ts';

export interface TrainingSystemOptions {
  /** Told of trouble that stops no statement: once when it starts. */
  readonly warn: (message: string) => void;
  /** Left out: no semantic strategy, no near duplicates, and examples of every criterion. */
  readonly embedder?: TextEmbedder;
  /** What prompts, exports and embeddings must not hold. */
  readonly redaction?: Redaction;
  /** A user's own, beside the shipped ones. */
  readonly strategies?: readonly Strategy[];
  /** Longest time that the store may keep a statement waiting for examples; 250 ms where left out. */
  readonly patienceMs?: number;
  /** Where rows of the log are while the store does not take them; left out, in memory alone. */
  readonly spool?: LogSpool<StoreRow>;
}

export type MarkOptions = Omit<Mark, 'traceId'> & Partial<Annotator>;

export interface InjectedInstructions extends FormattedExamples {
  /** The instructions with the examples' block before them. */
  readonly instructions: string;
  readonly exampleIds: readonly string[];
  readonly trouble: string | null;
}

/** Log, annotations and example pools over one store. */
export class TrainingSystem {
  readonly store: Store;
  readonly log: ClickHouseLog;
  readonly annotations: Annotations;
  readonly pools: ExamplePools;
  readonly embeddings: Embeddings | null;
  readonly redaction: Redaction;
  readonly strategies: Strategies;
  readonly #deletionListeners = new Set<() => void>();
  #readingAhead: Promise<void> = Promise.resolve();
  #closing = false;

  constructor(store: Store, options: TrainingSystemOptions) {
    this.store = store;
    const reach = new Reach(store, options.patienceMs);
    this.log = new ClickHouseLog(store, {
      reach,
      onTrouble: (error) => options.warn(`The log cannot be written: ${error.message}`),
      ...(options.spool === undefined ? {} : { spool: options.spool }),
    });
    this.annotations = new Annotations(store, { flushLog: () => this.log.flush() });
    this.redaction = options.redaction ?? NO_REDACTION;
    this.strategies = new Strategies(options.strategies);
    this.embeddings =
      options.embedder === undefined ? null : new Embeddings(options.embedder, store, options);
    this.pools = new ExamplePools(store, this.annotations, {
      warn: options.warn,
      redaction: this.redaction,
      strategies: this.strategies,
      reach,
      onDeletion: () => this.#deleted(),
      ...(options.patienceMs === undefined ? {} : { patienceMs: options.patienceMs }),
      ...(this.embeddings === null ? {} : { embeddings: this.embeddings }),
    });
  }

  async getTrainingExamples(filter: ExampleFilter = {}): Promise<ExamplePage> {
    await this.log.flush();
    return listExamples(this.store, filter);
  }

  /** Marks calls; what the options leave out stays as it was. Throws SqlError 23503 on an unknown trace id. */
  async markAsTrainable(
    traceIds: readonly string[],
    options: MarkOptions = {},
  ): Promise<readonly Annotation[]> {
    const { by = '', source = 'human', ...mark } = options;
    const marks = traceIds.map((traceId) => ({ trainable: true, ...mark, traceId }));
    return this.annotations.mark(marks, { by, source });
  }

  async getTrainingStats(cascadeId?: string): Promise<readonly TrainingStats[]> {
    await this.log.flush();
    return readStatistics(this.store, cascadeId);
  }

  /** Asks the store once what statements will ask it: its first answer takes longer than a statement may wait. */
  async warm(): Promise<void> {
    await this.pools.snapshot({ cascadeId: '', cellName: '', fingerprint: '', criterionArg: null });
  }

  /** Reads in the background what these cells learn from, so that the first statement finds it. */
  readAhead(cells: readonly CellIdentity[]): void {
    this.#readingAhead = this.#readAhead(cells);
  }

  async #readAhead(cells: readonly CellIdentity[]): Promise<void> {
    for (const cell of cells) {
      if (this.#closing) return;
      // Who needs the cell asks again, and says what is wrong.
      await this.pools.snapshot(cell).catch(() => undefined);
    }
  }

  /** Lets marks of former prompts of a cell count again, where its schema still allows their outputs. */
  async revalidate(cell: CellIdentity): Promise<Revalidated> {
    await this.log.flush();
    return revalidate(this.store, this.annotations, cell);
  }

  /**
   * Removes calls from the log, and with them from examples, marks, embeddings and answers: what is asked for after it
   * has resolved knows nothing of them.
   */
  async deleteCalls(traceIds: readonly string[]): Promise<void> {
    if (traceIds.length === 0) return;
    await this.log.flush();
    await this.annotations.alone(async () => {
      const inputs = await deleteCalls(this.store, traceIds);
      await this.embeddings?.forget(inputs.flatMap(textsOf));
    });
    this.#deleted();
  }

  /** Removes the calls before a time, save those that somebody marked; as `deleteCalls` does. */
  async purge(before: Date): Promise<Purged> {
    await this.log.flush();
    const purged = await this.annotations.alone(() => purgeLog(this.store, before));
    if (purged.calls > 0) await announceDeletion(this.store);
    if (purged.calls > 0) this.#deleted();
    return purged;
  }

  /** Calls back after calls were deleted: answers kept in memory may be theirs. */
  onDeletion(listener: () => void): void {
    this.#deletionListeners.add(listener);
  }

  async injectTrainingExamplesIntoInstructions(
    instructions: string,
    cell: CellIdentity,
    settings: TrainingSettings,
    inputs: Readonly<Record<string, unknown>>,
  ): Promise<InjectedInstructions> {
    const pool = await this.pools.pool(cell, settings);
    await pool.prepare?.([inputs]);
    const examples = pool.pick(inputs);
    const formatted = formatExamples(settings.format, examples);
    return {
      ...formatted,
      instructions: formatted.block === null ? instructions : `${formatted.block}\n\n${instructions}`,
      exampleIds: examples.map((example) => example.traceId),
      trouble: pool.trouble,
    };
  }

  #deleted(): void {
    this.pools.forget();
    for (const listener of this.#deletionListeners) listener();
  }

  /** Writes what waits and closes the store. */
  async close(): Promise<void> {
    this.#closing = true;
    try {
      await this.#readingAhead;
      await this.annotations.settled();
      await this.embeddings?.settled();
      await this.log.close();
    } finally {
      await this.store.close();
    }
  }
}

/** Every text that may have been embedded of a call's inputs: with and without each one as the criterion. */
function textsOf(inputs: string): readonly string[] {
  const values = JSON.parse(inputs) as Readonly<Record<string, unknown>>;
  return [null, ...Object.keys(values)].map((criterion) => textOfInputs(values, criterion));
}
