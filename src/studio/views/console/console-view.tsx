import './console.css';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { databasesQuery } from '../../api/queries.ts';
import { Failure } from '../../components/failure.tsx';
import { PageHead } from '../../components/page-head.tsx';
import { useFilters } from '../../hooks/use-filters.ts';
import { Results } from './results.tsx';
import { RunStatus } from './run-status.tsx';
import { SqlEditor } from './sql-editor.tsx';
import { TableList } from './table-list.tsx';
import { tablesQuery } from './tables-query.ts';
import { useSqlRun } from './use-sql-run.ts';

const FIRST_SQL = `SELECT text, text MEANS 'eco-friendly' AS eco
FROM (VALUES ('bamboo toothbrush'), ('plastic bottle')) AS t(text);`;

/** The same list for every rendering, so that the editor is not set up anew. */
const NONE: readonly never[] = [];

/** SQL over the same engine as the wire. The text and the database are in the URL once they were run. */
export default function ConsoleView() {
  const url = useFilters();
  const { data: known, error } = useQuery(databasesQuery());
  const [sql, setSql] = useState(url.one('sql') || FIRST_SQL);
  const database = url.one('database') || 'default';
  const { state, run, cancel } = useSqlRun();
  const { data: tables, error: tablesError } = useQuery(tablesQuery(database, state.endedAt));
  const vocabulary = {
    keywords: known?.keywords ?? NONE,
    functions: known?.functions ?? NONE,
    tables: tables ?? NONE,
  };
  const running = state.phase === 'running';

  function start(text: string): void {
    url.set({ sql });
    void run(text, database);
  }
  return (
    <>
      <PageHead title="SQL">
        <label className="inline">
          Database
          <select value={database} onChange={(event) => url.set({ database: event.target.value })}>
            {[...new Set([database, ...(known?.databases ?? [])])].map((name) => (
              <option key={name}>{name}</option>
            ))}
          </select>
        </label>
      </PageHead>
      {error !== null && <Failure error={error} />}
      <SqlEditor value={sql} {...vocabulary} onChange={setSql} onRun={() => start(sql)} />
      <div className="row console-bar">
        <button type="button" className="main" disabled={running} onClick={() => start(sql)}>
          Run <kbd>Ctrl Enter</kbd>
        </button>
        <button type="button" disabled={running} onClick={() => start(explained(sql))}>
          Explain price
        </button>
        {running && (
          <button type="button" className="bad" onClick={cancel}>
            Cancel
          </button>
        )}
        <RunStatus state={state} />
      </div>
      <div className="console-parts">
        <div>
          <Results state={state} {...vocabulary} />
        </div>
        <TableList
          tables={vocabulary.tables}
          error={tablesError}
          onLook={(text) => void run(text, database)}
        />
      </div>
    </>
  );
}

/** What a statement would ask of the model, without asking. */
function explained(sql: string): string {
  return `EXPLAIN (SEMANTIC) ${sql}`;
}
