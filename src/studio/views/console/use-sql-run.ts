import { useCallback, useEffect, useReducer, useRef } from 'react';
import type { SqlLine } from '../../../server/http/schemas/sql.ts';
import { messageOf, postForStream, postJson } from '../../api/request.ts';
import { randomName, sessionKey } from './names.ts';
import { readLines } from './read-lines.ts';
import { IDLE, runStep } from './run-state.ts';
import type { RunState } from './run-state.ts';

export interface SqlRun {
  readonly state: RunState;
  run(sql: string, database: string): Promise<void>;
  cancel(): void;
}

/** One run of SQL at a time. Who leaves the view ends it. */
export function useSqlRun(): SqlRun {
  const [state, dispatch] = useReducer(runStep, IDLE);
  const under = useRef<{ readonly id: string; readonly abort: AbortController } | null>(null);
  useEffect(() => () => under.current?.abort.abort(), []);

  const run = useCallback(async (sql: string, database: string) => {
    under.current?.abort.abort();
    const own = { id: randomName(), abort: new AbortController() };
    under.current = own;
    dispatch({ type: 'begin', sql, now: Date.now() });
    const error = await stream(own, { sql, database }, (lines) => dispatch({ type: 'lines', lines }));
    if (under.current !== own) return;
    dispatch({ type: 'end', now: Date.now(), error });
  }, []);
  const cancel = useCallback(() => {
    const own = under.current;
    if (own === null) return;
    // Where the server cannot be told, hanging up ends the run as well.
    postJson('/api/sql/cancel', { run_id: own.id }).catch(() => own.abort.abort());
  }, []);
  return { state, run, cancel };
}

async function stream(
  { id, abort }: { readonly id: string; readonly abort: AbortController },
  request: { readonly sql: string; readonly database: string },
  take: (lines: readonly SqlLine[]) => void,
): Promise<string | null> {
  try {
    const body = { ...request, run_id: id, session_key: sessionKey() };
    const response = await postForStream('/api/sql/run', body, abort.signal);
    await readLines(response, take);
    return null;
  } catch (error) {
    return messageOf(error);
  }
}
