/** What can be told to stop its query. */
export interface Interruptible {
  interrupt(): void;
}

const AGAIN_MS = 20;

/**
 * From the signal's abort on, until the function it gives is called, the connection's queries are interrupted: again
 * and again, for DuckDB forgets an interrupt that comes between two queries of one statement.
 */
export function interruptOnAbort(connection: Interruptible, signal: AbortSignal): () => void {
  let timer: ReturnType<typeof setInterval> | null = null;
  const stop = (): void => {
    connection.interrupt();
    timer = setInterval(() => connection.interrupt(), AGAIN_MS);
  };
  if (signal.aborted) stop();
  else signal.addEventListener('abort', stop, { once: true });
  return () => {
    signal.removeEventListener('abort', stop);
    if (timer !== null) clearInterval(timer);
  };
}
