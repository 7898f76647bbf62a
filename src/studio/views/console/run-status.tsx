import { useEffect, useState } from 'react';
import { milliseconds, plural } from '../../text/numbers.ts';
import type { RunState } from './run-state.ts';
import { StatementProgress } from './statement-progress.tsx';

/** How far a run is, or how it ended. */
export function RunStatus({ state }: { readonly state: RunState }) {
  const now = useClock(state.phase === 'running');
  if (state.phase === 'idle') return null;
  const time = milliseconds((state.endedAt ?? Math.max(now, state.startedAt)) - state.startedAt);
  const rows = state.results.reduce((sum, result) => sum + (result.done?.rows ?? result.rows.length), 0);
  return (
    <span className="run-status" role={state.phase === 'running' ? undefined : 'status'}>
      {state.phase === 'running' ? 'Running' : plural(rows, 'row')}, {time}
      {state.phase === 'running' && state.statement !== null && (
        <StatementProgress statementId={state.statement.statement_id} />
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
