import { SqlError, sqlErrorOf } from '../../../errors.ts';
import { errorBody } from '../error-response.ts';
import { jsonLines } from './json-lines.ts';
import type { SqlEvent, SqlRequest, SqlRunner } from './sql-runner.ts';

type Line = SqlEvent | ({ readonly type: 'error' } & ReturnType<typeof errorBody>);

/** The runs of SQL under way, by the name that their client chose. */
export class SqlRuns {
  readonly #running = new Map<string, AbortController>();

  /** Throws SqlError 42710 where a run of the name is under way. The stream's end, error or cancel ends the run. */
  start(
    runner: SqlRunner,
    runId: string,
    request: SqlRequest,
    clientGone: AbortSignal,
  ): ReadableStream<Uint8Array> {
    const key = keyOf(runId, request.role().name);
    if (this.#running.has(key)) throw new SqlError('42710', `run_id: a run "${runId}" is under way`);
    const abort = new AbortController();
    const leave = () => abort.abort(new SqlError('57014', 'the client went away'));
    clientGone.addEventListener('abort', leave, { once: true });
    this.#running.set(key, abort);
    const end = () => {
      clientGone.removeEventListener('abort', leave);
      this.#running.delete(key);
    };
    return jsonLines(linesOf(runner, request, abort.signal), leave, end);
  }

  /** Nobody ends the runs of others. */
  cancel(runId: string, user: string): boolean {
    const abort = this.#running.get(keyOf(runId, user));
    abort?.abort(new SqlError('57014', 'canceling statement due to user request'));
    return abort !== undefined;
  }
}

function keyOf(runId: string, user: string): string {
  return JSON.stringify([user, runId]);
}

async function* linesOf(runner: SqlRunner, request: SqlRequest, signal: AbortSignal): AsyncGenerator<Line> {
  try {
    yield* runner.run(request, signal);
  } catch (error) {
    yield { type: 'error', ...errorBody(sqlErrorOf(error)) };
  }
}
