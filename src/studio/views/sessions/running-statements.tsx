import { useQuery } from '@tanstack/react-query';
import { Link } from 'wouter';
import { runningQuery } from '../../api/queries.ts';
import { AnswerProgress } from '../../components/answer-progress.tsx';

/** Statements that wait for answers now. */
export function RunningStatements() {
  const statements = useQuery(runningQuery()).data?.statements ?? [];
  if (statements.length === 0) return null;
  return (
    <ul className="running" aria-label="Running now">
      {statements.map((one) => (
        <li key={one.statement_id} className="card">
          <Link href={`/sessions/${encodeURIComponent(one.session_id)}`}>
            <code>{one.sql === '' ? one.statement_id : one.sql}</code>
          </Link>
          <AnswerProgress statement={one} />
        </li>
      ))}
    </ul>
  );
}
