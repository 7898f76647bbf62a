import type { AnnotationChangeResult } from '../../server/http/schemas/annotations.ts';
import type { Inverse, MarkAction } from './mark-action.ts';

export type SendMarks = (
  marks: MarkAction['marks'],
  removals: MarkAction['removals'],
) => Promise<AnnotationChangeResult>;

interface Waiting {
  readonly action: MarkAction;
  readonly resolve: (inverse: Inverse) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Sends actions in the order in which they were taken, one request at a time; what is done while a request is
 * under way goes together in the next one, up to the first trace that is touched twice.
 */
export class MarkSender {
  readonly #send: SendMarks;
  readonly #waiting: Waiting[] = [];
  #sending = false;

  constructor(send: SendMarks) {
    this.#send = send;
  }

  send(action: MarkAction): Promise<Inverse> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ action, resolve, reject });
      if (!this.#sending) void this.#work();
    });
  }

  async #work(): Promise<void> {
    this.#sending = true;
    for (let batch = this.#take(); batch.length > 0; batch = this.#take()) await this.#sendBatch(batch);
    this.#sending = false;
  }

  #take(): readonly Waiting[] {
    const touched = new Set<string>();
    const batch: Waiting[] = [];
    for (const waiting of this.#waiting) {
      const traces = tracesOf(waiting.action);
      if (traces.some((trace) => touched.has(trace))) break;
      for (const trace of traces) touched.add(trace);
      batch.push(waiting);
    }
    this.#waiting.splice(0, batch.length);
    return batch;
  }

  async #sendBatch(batch: readonly Waiting[]): Promise<void> {
    try {
      const result = await this.#send(
        batch.flatMap(({ action }) => action.marks),
        batch.flatMap(({ action }) => action.removals),
      );
      for (const { action, resolve } of batch) resolve(inverseOf(action, result));
    } catch (error) {
      for (const { reject } of batch) reject(error);
    }
  }
}

function tracesOf({ marks, removals }: MarkAction): readonly string[] {
  return [...marks.map(({ trace_id }) => trace_id), ...removals];
}

function inverseOf(action: MarkAction, { previous, unmarked }: AnnotationChangeResult): Inverse {
  const own = new Set(tracesOf(action));
  return {
    previous: previous.filter(({ trace_id }) => own.has(trace_id)),
    unmarked: unmarked.filter((trace) => own.has(trace)),
  };
}
