import { randomUUID } from 'node:crypto';
import { SqlError } from '../errors.ts';
import type { Annotation, Annotator, Mark } from './annotation.ts';
import { annotationOf, findAnnotationRows, findCalls, markedRow } from './annotation-rows.ts';
import type { AnnotationRow } from './annotation-rows.ts';
import { checkMark } from './check-mark.ts';
import { timestampText } from './log/log-row.ts';
import type { Store } from './log/store.ts';
import { MarkVersions } from './mark-versions.ts';

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

type Listener = () => void;

const MOST_NAMED = 5;

/**
 * Writes annotations. A change is applied whole or not at all, one change at a time, and is on disk when its
 * promise resolves. Every version is kept in `training_annotation_history`.
 */
export class Annotations {
  readonly #store: Store;
  readonly #options: AnnotationsOptions;
  readonly #versions: MarkVersions;
  readonly #listeners = new Set<Listener>();
  #last: Promise<unknown> = Promise.resolve();
  #lastVersion = 0;

  constructor(store: Store, options: AnnotationsOptions) {
    this.#store = store;
    this.#options = options;
    this.#versions = new MarkVersions(store);
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
    const turn = this.#last.then(() => this.#applyNow(change, annotator));
    this.#last = turn.catch(() => undefined);
    return turn;
  }

  /** Lets marks of another prompt count for the one with this fingerprint. Traces without a mark are passed over. */
  restore(traceIds: readonly string[], fingerprint: string): Promise<void> {
    const turn = this.#last.then(async () => {
      const rows = await findAnnotationRows(this.#store, traceIds);
      await this.#write(
        [...rows.values()].map((row) => ({ ...row, fingerprint, version: this.#now().version })),
      );
    });
    this.#last = turn.catch(() => undefined);
    return turn;
  }

  /** Runs a step that no change of annotations may come between. */
  async alone(step: () => Promise<void>): Promise<void> {
    const turn = this.#last.then(step);
    this.#last = turn.catch(() => undefined);
    await turn;
    this.#versions.forget();
    for (const listener of this.#listeners) listener();
  }

  /** Resolves when the changes asked for so far are applied or have failed. */
  async settled(): Promise<void> {
    await this.#last;
  }

  /** Throws SqlError 23503 naming some of the traces that the log does not have. */
  async requireKnown(traceIds: readonly string[]): Promise<void> {
    await this.#callsOf(traceIds);
  }

  /** Changes with every mark of the cell, whoever made it; other servers' marks are seen within a second. */
  version(cascadeId: string, cellName: string): Promise<string> {
    return this.#versions.of(cascadeId, cellName);
  }

  /** Calls back after each change made in this process; gives the way to stop. */
  onChange(listener: Listener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  async #applyNow(change: AnnotationChange, annotator: Annotator): Promise<readonly Annotation[]> {
    for (const mark of change.marks) checkMark(mark);
    const marked = await this.#markedRows(change.marks, annotator);
    const removed = await this.#removedRows(change.removals, annotator);
    await this.#write([...marked, ...removed]);
    return marked.map(annotationOf);
  }

  async #markedRows(marks: readonly Mark[], annotator: Annotator): Promise<readonly AnnotationRow[]> {
    const ids = [...new Set(marks.map((mark) => mark.traceId))];
    const calls = await this.#callsOf(ids);
    const rows = await findAnnotationRows(this.#store, ids);
    for (const mark of marks) {
      const call = calls.get(mark.traceId);
      if (call === undefined || isOverPerson(rows.get(mark.traceId), annotator)) continue;
      rows.set(mark.traceId, markedRow(call, rows.get(mark.traceId), mark, annotator, this.#now()));
    }
    return ids.flatMap((id) => rows.get(id) ?? []);
  }

  async #removedRows(traceIds: readonly string[], annotator: Annotator): Promise<readonly AnnotationRow[]> {
    const rows = await findAnnotationRows(this.#store, [...new Set(traceIds)]);
    return [...rows.values()].map((row) => {
      const { annotatedAt, version } = this.#now();
      const { by, source } = annotator;
      return { ...row, annotated_at: annotatedAt, annotated_by: by, source, version, deleted: 1 };
    });
  }

  async #callsOf(traceIds: readonly string[]) {
    await this.#options.flushLog();
    const calls = await findCalls(this.#store, traceIds);
    const unknown = traceIds.filter((id) => !calls.has(id));
    if (unknown.length > 0) throw unknownTraces(unknown);
    return calls;
  }

  async #write(rows: readonly AnnotationRow[]): Promise<void> {
    if (rows.length === 0) return;
    const token = randomUUID();
    await this.#store.insert(
      'marks',
      'rvbbit.training_annotations',
      rows.map((row) => ({ ...row })),
      token,
    );
    this.#versions.forget();
    for (const listener of this.#listeners) listener();
  }

  /** Never the same twice, and never before the one before, whatever the clock does. */
  #now(): { readonly annotatedAt: string; readonly version: number } {
    this.#lastVersion = Math.max(this.#lastVersion + 1, Date.now() * 1000);
    return { annotatedAt: timestampText(BigInt(this.#lastVersion)), version: this.#lastVersion };
  }
}

/** What marks by itself has no say where a person has spoken. */
function isOverPerson(before: AnnotationRow | undefined, annotator: Annotator): boolean {
  return before !== undefined && before.source === 'human' && annotator.source !== 'human';
}

function unknownTraces(unknown: readonly string[]): SqlError {
  const named = unknown.slice(0, MOST_NAMED).map((id) => `"${id}"`);
  const more = unknown.length > MOST_NAMED ? ` and ${unknown.length - MOST_NAMED} more` : '';
  return new SqlError('23503', `no logged call has the trace id ${named.join(', ')}${more}`, {
    detail: 'Nothing of the statement was applied.',
    hint: 'SELECT trace_id FROM unified_logs ORDER BY timestamp DESC LIMIT 10 shows the latest calls.',
  });
}
