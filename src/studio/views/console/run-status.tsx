import { useEffect, useState } from 'react';
import { milliseconds, plural, whole } from '../../text/numbers.ts';
import type { RunState } from './run-state.ts';

/** How far a run is, or how it ended. */
export function RunStatus({ state }: { readonly state: RunState }) {
  const now = useClock(state.phase === 'running');
  if (state.phase === 'idle') return null;
  const time = milliseconds((state.endedAt ?? Math.max(now, state.startedAt)) - state.startedAt);
  const rows = state.results.reduce((sum, result) => sum + (result.done?.rows ?? result.rows.length), 0);
  return (
    <span className="run-status" role="status">
      {state.phase === 'running' ? 'Running' : plural(rows, 'row')}, {time}
      {state.progress !== null && (
        <>
          {', '}
          <progress
            value={state.progress.answered}
            max={state.progress.calls}
            aria-label="Model calls"
          />{' '}
          {whole(state.progress.answered)} of {plural(state.progress.calls, 'call')}
        </>
      )}
    </span>
  );
}

function useClock(ticking: boolean): number {
  const [now, setNow] = useState(0);
  useEffect(() => {
    if (!ticking) return undefined;
    const timer = setInterval(() => setNow(Date.now()), 250);
    return () => clearInterval(timer);
  }, [ticking]);
  return now;
}
