import { randomUUID } from 'node:crypto';
import { SqlError } from '../errors.ts';
import type { Annotation, Annotator, Mark } from './annotation.ts';
import { annotationOf, findAnnotationRows, findCalls, markedRow, removedRow } from './annotation-rows.ts';
import type { AnnotationRow, MarkedCall, WrittenAt } from './annotation-rows.ts';
import { checkMark } from './check-mark.ts';
import { timestampText } from './log/log-row.ts';
import type { Store } from './log/store.ts';

/** Everything one statement says about annotations. */
export interface AnnotationChange {
  readonly marks: readonly Mark[];
  /** Trace ids whose annotation goes. */
  readonly removals: readonly string[];
}

export interface AnnotationsOptions {
  /** Writes log rows that wait in memory: a call may be marked as soon as it was made. */
  readonly flushLog: () => Promise<void>;
}

/** Told of the rows written; of none where it cannot be told what has changed. */
type Listener = (rows: readonly AnnotationRow[]) => void;

const MOST_NAMED = 5;

/** A change that waits for its turn. */
interface Waiting {
  readonly change: AnnotationChange;
  readonly annotator: Annotator;
  resolve(annotations: readonly Annotation[]): void;
  reject(error: unknown): void;
}

/**
 * Writes annotations. A change is applied whole or not at all, one after another, and is on disk when its promise
 * resolves; changes that wait while others are written are written together. Every version is kept in
 * `training_annotation_history`.
 */
export class Annotations {
  readonly #store: Store;
  readonly #options: AnnotationsOptions;
  readonly #listeners = new Set<Listener>();
  #last: Promise<unknown> = Promise.resolve();
  /** The changes of the next turn, while more may join them. */
  #next: Waiting[] | null = null;
  #lastVersion = 0;

  constructor(store: Store, options: AnnotationsOptions) {
    this.#store = store;
    this.#options = options;
  }

  /** The annotations as they are after the marks. Throws SqlError 23503 where a trace is unknown. */
  async mark(marks: readonly Mark[], annotator: Annotator): Promise<readonly Annotation[]> {
    return this.apply({ marks, removals: [] }, annotator);
  }

  /** Traces without an annotation are passed over. */
  async remove(traceIds: readonly string[], annotator: Annotator): Promise<void> {
    await this.apply({ marks: [], removals: traceIds }, annotator);
  }

  /** The annotations of the marked traces as they are then. Throws SqlError, and then nothing was applied. */
  apply(change: AnnotationChange, annotator: Annotator): Promise<readonly Annotation[]> {
    return new Promise((resolve, reject) => {
      const waiting = { change, annotator, resolve, reject };
      if (this.#next !== null) this.#next.push(waiting);
      else this.#begin([waiting]);
    });
  }

  /** Lets marks of another prompt count for the one with this fingerprint. Traces without a mark are passed over. */
  async restore(traceIds: readonly string[], fingerprint: string): Promise<void> {
    await this.#inTurn(async () => {
      const rows = await findAnnotationRows(this.#store, traceIds);
      await this.#write(
        [...rows.values()].map((row) => ({ ...row, fingerprint, version: this.#after(row).version })),
      );
    });
  }

  /** Runs a step that no change of annotations may come between. */
  async alone<T>(step: () => Promise<T>): Promise<T> {
    const result = await this.#inTurn(step);
    for (const listener of this.#listeners) listener([]);
    return result;
  }

  /** Resolves when the changes asked for so far are applied or have failed. */
  async settled(): Promise<void> {
    await this.#last;
  }

  /** Throws SqlError 23503 naming some of the traces that the log does not have. */
  async requireKnown(traceIds: readonly string[]): Promise<void> {
    await this.#options.flushLog();
    requireAll(await findCalls(this.#store, traceIds), traceIds);
  }

  /** Calls back after each change made in this process; gives the way to stop. */
  onChange(listener: Listener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  #begin(waiting: Waiting[]): void {
    const turn = this.#inTurn(async () => {
      if (this.#next === waiting) this.#next = null;
      try {
        await this.#applyAll(waiting);
      } catch (error) {
        for (const { reject } of waiting) reject(error);
      }
    });
    this.#next = waiting;
    turn.catch(() => undefined);
  }

  /** After everything asked for before; what is asked for later does not join it. */
  #inTurn<T>(step: () => Promise<T>): Promise<T> {
    this.#next = null;
    const turn = this.#last.then(step);
    this.#last = turn.catch(() => undefined);
    return turn;
  }

  async #applyAll(waiting: readonly Waiting[]): Promise<void> {
    await this.#options.flushLog();
    const marked = waiting.flatMap(({ change }) => change.marks.map(({ traceId }) => traceId));
    const removed = waiting.flatMap(({ change }) => change.removals);
    const calls = await findCalls(this.#store, [...new Set(marked)]);
    const annotations = await findAnnotationRows(this.#store, [...new Set(marked)], calls.values());
    for (const [traceId, row] of await findAnnotationRows(this.#store, [...new Set(removed)]))
      annotations.set(traceId, row);
    const written: AnnotationRow[] = [];
    const done: (() => void)[] = [];
    for (const { change, annotator, resolve, reject } of waiting) {
      try {
        const rows = this.#rowsAfter(change, annotator, calls, annotations);
        for (const row of rows) annotations.set(row.trace_id, row);
        written.push(...rows);
        done.push(() => resolve(rows.filter(({ deleted }) => deleted === 0).map(annotationOf)));
      } catch (error) {
        reject(error);
      }
    }
    await this.#write(written);
    for (const resolve of done) resolve();
  }

  /** `annotations` are those before the change, removed ones too. Throws SqlError. */
  #rowsAfter(
    { marks, removals }: AnnotationChange,
    annotator: Annotator,
    calls: ReadonlyMap<string, MarkedCall>,
    annotations: ReadonlyMap<string, AnnotationRow>,
  ): readonly AnnotationRow[] {
    for (const mark of marks) checkMark(mark);
    requireAll(
      calls,
      marks.map(({ traceId }) => traceId),
    );
    const rows = new Map<string, AnnotationRow>();
    const before = (traceId: string): AnnotationRow | undefined => {
      const row = rows.get(traceId) ?? annotations.get(traceId);
      return row?.deleted === 0 ? row : undefined;
    };
    for (const mark of marks) {
      const call = calls.get(mark.traceId);
      const old = before(mark.traceId);
      if (call === undefined || isOverPerson(old, annotator)) continue;
      rows.set(
        mark.traceId,
        markedRow(call, old, mark, annotator, this.#after(annotations.get(mark.traceId))),
      );
    }
    for (const traceId of removals) {
      const old = before(traceId);
      if (old !== undefined) rows.set(traceId, removedRow(old, annotator, this.#after(old)));
    }
    return [...rows.values()];
  }

  async #write(rows: readonly AnnotationRow[]): Promise<void> {
    if (rows.length === 0) return;
    try {
      await this.#store.insert(
        'marks',
        'rvbbit.training_annotations',
        rows.map((row) => ({ ...row })),
        randomUUID(),
      );
    } catch (error) {
      // It may have arrived all the same.
      for (const listener of this.#listeners) listener([]);
      throw error;
    }
    for (const listener of this.#listeners) listener(rows);
  }

  /** Never the same twice, and never before what is written over, whatever the clocks of the servers do. */
  #after(before: AnnotationRow | undefined): WrittenAt {
    this.#lastVersion = Math.max(this.#lastVersion + 1, (before?.version ?? 0) + 1, Date.now() * 1000);
    return { annotatedAt: timestampText(BigInt(this.#lastVersion)), version: this.#lastVersion };
  }
}

/** What marks by itself has no say where a person has spoken. */
function isOverPerson(before: AnnotationRow | undefined, annotator: Annotator): boolean {
  return before !== undefined && before.source === 'human' && annotator.source !== 'human';
}

function requireAll(calls: ReadonlyMap<string, MarkedCall>, traceIds: readonly string[]): void {
  const unknown = [...new Set(traceIds)].filter((id) => !calls.has(id));
  if (unknown.length > 0) throw unknownTraces(unknown);
}

function unknownTraces(unknown: readonly string[]): SqlError {
  const named = unknown.slice(0, MOST_NAMED).map((id) => `"${id}"`);
  const more = unknown.length > MOST_NAMED ? ` and ${unknown.length - MOST_NAMED} more` : '';
  return new SqlError('23503', `no logged call has the trace id ${named.join(', ')}${more}`, {
    detail: 'Nothing of the statement was applied.',
    hint: 'SELECT trace_id FROM unified_logs ORDER BY timestamp DESC LIMIT 10 shows the latest calls.',
  });
}
