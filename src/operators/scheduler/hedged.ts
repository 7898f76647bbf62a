export interface Hedge {
  readonly afterMs: number;
  /** Whether a second call may start now. */
  take(): boolean;
  /** After the second call has ended. */
  give(): void;
}

/**
 * Runs the work, and once more beside it when it is late: the first answer counts, the other run is aborted. A
 * failure counts only when no run is left. Aborting `signal` aborts both.
 */
export async function hedged<T>(
  work: (signal: AbortSignal) => Promise<T>,
  hedge: Hedge,
  signal: AbortSignal,
): Promise<T> {
  const race = new AbortController();
  const follow = (): void => race.abort(signal.reason);
  signal.addEventListener('abort', follow, { once: true });
  if (signal.aborted) follow();
  try {
    const first = work(race.signal);
    return await firstAnswer([first, secondRun(first, () => work(race.signal), hedge)]);
  } finally {
    signal.removeEventListener('abort', follow);
    race.abort();
  }
}

/** The second run; fails with the first one where it was never started. */
function secondRun<T>(first: Promise<T>, start: () => Promise<T>, hedge: Hedge): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      if (!hedge.take()) return;
      started = true;
      start()
        .finally(() => hedge.give())
        .then(resolve, reject);
    }, hedge.afterMs);
    let started = false;
    const ended = (error?: unknown): void => {
      clearTimeout(timer);
      if (!started) reject(error);
    };
    first.then(() => ended(), ended);
  });
}

async function firstAnswer<T>(runs: readonly Promise<T>[]): Promise<T> {
  try {
    return await Promise.any(runs);
  } catch (error) {
    throw error instanceof AggregateError ? error.errors[0] : error;
  }
}
