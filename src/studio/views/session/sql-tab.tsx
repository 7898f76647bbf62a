import { Link } from 'wouter';
import type { Statement } from '../../../server/http/schemas/calls.ts';
import { CacheSplit } from '../../components/cache-split.tsx';
import { dollars, milliseconds, plural } from '../../text/numbers.ts';
import { statementTitle } from '../../text/statement-title.ts';
import { wholeTime } from '../../text/times.ts';

export function SqlTab({ statements }: { readonly statements: readonly Statement[] }) {
  return (
    <ol className="sql-list">
      {statements.map((one) => (
        <li key={one.statement_id}>
          <p className="facts">
            <span>{wholeTime(one.started_at)}</span>
            <span>{plural(one.rows, 'row')}</span>
            <span>{plural(one.calls, 'call')}</span>
            <span>{dollars(one.cost_usd)}</span>
            <span>{milliseconds(one.duration_ms)}</span>
            <CacheSplit {...one} />
          </p>
          {one.recorded ? (
            <pre className="sql" tabIndex={0}>
              {one.sql}
            </pre>
          ) : (
            <p className="faint">{statementTitle(one)}</p>
          )}
          {one.error !== null && <p className="bad-text">{one.error}</p>}
          {one.recorded && (
            <Link href={`/sql?${new URLSearchParams({ sql: one.sql, database: one.database }).toString()}`}>
              Open in the console
            </Link>
          )}
        </li>
      ))}
    </ol>
  );
}
