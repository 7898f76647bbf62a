import { SqlError, messageOf } from '../../../errors.ts';
import type { Measured, MeasureRequest } from '../../../operators/measuring/measure-cell.ts';
import { uuidV7 } from '../../../operators/runner/uuid-v7.ts';
import type { Store } from '../../../training/log/store.ts';
import type { Comparison } from '../../../training/measure/comparison.ts';
import type { ComparisonReport, ComparisonRequest, ComparisonRun } from '../schemas/comparisons.ts';
import { saveRun } from './stored-runs.ts';

export type Measure = (request: MeasureRequest, signal: AbortSignal) => Promise<Measured>;

interface Running {
  readonly run: ComparisonRun;
  readonly abort: AbortController;
  soFar: Comparison | null;
}

/** Comparisons under way, each watched from outside; one that ends is in the store. */
export class ComparisonRuns {
  readonly #running = new Map<string, Running>();

  constructor(
    private readonly store: Store,
    private readonly warn: (message: string) => void,
  ) {}

  /** Gives the name of the run. */
  start(measure: Measure, request: ComparisonRequest): string {
    const run: ComparisonRun = {
      run_id: uuidV7(),
      request,
      state: 'running',
      started_at: new Date().toISOString(),
      ended_at: null,
      so_far: null,
      report: null,
      error: null,
    };
    const running: Running = { run, abort: new AbortController(), soFar: null };
    this.#running.set(run.run_id, running);
    void this.#work(measure, running);
    return run.run_id;
  }

  /** As they stand now, newest first. */
  list(): readonly ComparisonRun[] {
    return [...this.#running.values()]
      .map(({ run, soFar }) => ({ ...run, so_far: resultOf(soFar) }))
      .toReversed();
  }

  cancel(runId: string): boolean {
    const running = this.#running.get(runId);
    running?.abort.abort(new SqlError('57014', 'the comparison was cancelled'));
    return running !== undefined;
  }

  async #work(measure: Measure, running: Running): Promise<void> {
    const ended = await outcomeOf(measure, running);
    try {
      await saveRun(this.store, {
        ...running.run,
        ...ended,
        so_far: resultOf(running.soFar),
        ended_at: new Date().toISOString(),
      });
    } catch (error) {
      this.warn(`A comparison cannot be kept: ${messageOf(error)}`);
    }
    this.#running.delete(running.run.run_id);
  }
}

async function outcomeOf(
  measure: Measure,
  running: Running,
): Promise<Pick<ComparisonRun, 'state' | 'report' | 'error'>> {
  const { cascade_id, cell_name, sample, strategies } = running.run.request;
  const { signal } = running.abort;
  try {
    const measured = await measure(
      {
        cascade: cascade_id,
        cell: cell_name,
        sample,
        strategies,
        watch: (soFar) => {
          running.soFar = soFar;
        },
      },
      signal,
    );
    return { state: 'done', report: reportOf(measured), error: null };
  } catch (error) {
    return { state: signal.aborted ? 'cancelled' : 'failed', report: null, error: messageOf(error) };
  }
}

function resultOf(comparison: Comparison | null): ComparisonRun['so_far'] {
  if (comparison === null) return null;
  const result = comparison.result();
  return { ...result, interval: [...result.interval] };
}

export function reportOf(measured: Measured): ComparisonReport {
  return {
    ...measured,
    interval: [...measured.interval],
    notes: [...measured.notes],
    changed: measured.changed.map((row) => ({ ...row, inputs: { ...row.inputs } })),
  };
}
