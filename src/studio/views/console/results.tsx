import { Link } from 'wouter';
import { SqlFailure } from './sql-failure.tsx';
import { ResultView } from './result-view.tsx';
import type { RunState } from './run-state.ts';

/** What a run said and gave, a table a statement. */
export function Results({
  state,
  keywords,
  functions,
}: {
  readonly state: RunState;
  readonly keywords: readonly string[];
  readonly functions: readonly string[];
}) {
  const { statement, notices, results, error, sql } = state;
  const used = functions.filter((name) => sql.toLowerCase().includes(name));
  const semantic = used.length > 0 || keywords.some((word) => sql.toUpperCase().includes(word));
  return (
    <>
      {notices.length > 0 && (
        <ul className="notices" aria-label="Notices">
          {notices.map(({ severity, message }, at) => (
            // Notices come in one order and are never taken away.
            <li key={at} data-severity={severity}>
              {severity}: {message}
            </li>
          ))}
        </ul>
      )}
      {error !== null && <SqlFailure error={error} sql={sql} />}
      {results.map((result, at) => (
        // Results come in one order and are never taken away.
        <ResultView key={at} result={result} functions={used} />
      ))}
      {semantic && statement !== null && state.phase !== 'running' && (
        <p>
          <Link
            href={`/sessions/${encodeURIComponent(statement.session_id)}?statement=${encodeURIComponent(statement.statement_id)}`}
          >
            Its calls in the log
          </Link>
        </p>
      )}
    </>
  );
}
