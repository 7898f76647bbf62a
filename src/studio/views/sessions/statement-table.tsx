import { Link } from 'wouter';
import type { Statement } from '../../../server/http/schemas/calls.ts';
import { CacheSplit } from '../../components/cache-split.tsx';
import { Highlighted } from '../../components/highlighted.tsx';
import { dollars, milliseconds, whole } from '../../text/numbers.ts';
import { statementTitle } from '../../text/statement-title.ts';
import { shortTime, wholeTime } from '../../text/times.ts';
import { TableFrame } from '../../components/table-frame.tsx';

export function sessionPath({ session_id, statement_id }: Statement): string {
  return `/sessions/${encodeURIComponent(session_id)}?statement=${encodeURIComponent(statement_id)}`;
}

interface StatementTableProps {
  readonly statements: readonly Statement[];
  readonly search: string;
}

export function StatementTable({ statements, search }: StatementTableProps) {
  return (
    <TableFrame label="Statements">
      <table className="statements">
        <thead>
          <tr>
            <th>Statement</th>
            <th>When</th>
            <th className="number">Rows</th>
            <th className="number">Calls</th>
            <th>Answers from</th>
            <th className="number">Cost</th>
            <th className="number">Time</th>
          </tr>
        </thead>
        <tbody>
          {statements.map((one) => (
            <StatementRow key={one.statement_id} statement={one} search={search} />
          ))}
        </tbody>
      </table>
    </TableFrame>
  );
}

function StatementRow({ statement, search }: { readonly statement: Statement; readonly search: string }) {
  const failed = statement.errors > 0 || statement.error !== null;
  return (
    <tr data-failed={failed}>
      <td className="sql-cell">
        <Link href={sessionPath(statement)}>
          {statement.recorded ? (
            <code>
              <Highlighted text={statement.sql} search={search} />
            </code>
          ) : (
            <span className="faint">{statementTitle(statement)}</span>
          )}
        </Link>
        {statement.error !== null && <p className="bad-text">{statement.error}</p>}
      </td>
      <td title={wholeTime(statement.started_at)}>{shortTime(statement.started_at)}</td>
      <td className="number">{statement.recorded ? whole(statement.rows) : '–'}</td>
      <td className="number">
        {whole(statement.calls)}
        {statement.errors > 0 && <span className="bad-text"> {whole(statement.errors)} failed</span>}
      </td>
      <td>
        <CacheSplit {...statement} />
      </td>
      <td className="number">{dollars(statement.cost_usd)}</td>
      <td className="number">{milliseconds(statement.duration_ms)}</td>
    </tr>
  );
}
