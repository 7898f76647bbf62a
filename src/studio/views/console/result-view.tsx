import { Suspense, lazy, useState } from 'react';
import { Waiting } from '../../components/waiting.tsx';
import { plural } from '../../text/numbers.ts';
import { ResultTable } from './result-table.tsx';
import { RowTraces } from './row-traces.tsx';
import type { StatementResult } from './run-state.ts';

const ResultChart = lazy(() => import('./result-chart.tsx'));

interface ResultViewProps {
  readonly result: StatementResult;
  /** Semantic functions that the statement names; empty where it uses keywords. */
  readonly functions: readonly string[];
}

/** The rows of one statement as a table or a chart. */
export function ResultView({ result, functions }: ResultViewProps) {
  const [chart, setChart] = useState(false);
  const [row, setRow] = useState<readonly (string | null)[] | null>(null);
  const { columns, rows, done } = result;
  if (columns.length === 0) return <p className="facts">{done?.tag}</p>;
  return (
    <section aria-label="Result">
      <div className="row">
        <span className="faint">
          {plural(rows.length, 'row')}
          {done?.truncated === true && ' shown; there are more'}
        </span>
        <button type="button" className="quiet" aria-pressed={chart} onClick={() => setChart(!chart)}>
          {chart ? 'Table' : 'Chart'}
        </button>
      </div>
      {chart ? (
        <Suspense fallback={<Waiting what="Drawing" />}>
          <ResultChart result={result} />
        </Suspense>
      ) : (
        <ResultTable result={result} onMark={setRow} />
      )}
      {row !== null && <RowTraces values={row} functions={functions} onClose={() => setRow(null)} />}
    </section>
  );
}
