import { useQuery } from '@tanstack/react-query';
import { Link } from 'wouter';
import type { ExampleRow } from '../../../server/http/schemas/examples.ts';
import { exampleQuery } from '../../api/queries.ts';
import { InputList } from '../../components/input-list.tsx';
import { Loaded } from '../../components/loaded.tsx';
import { MarkButtons } from '../../components/mark-buttons.tsx';
import { Output } from '../../components/output.tsx';
import { dollars, percent } from '../../text/numbers.ts';
import { wholeTime } from '../../text/times.ts';
import { CorrectForm } from './correct-form.tsx';
import { NotesForm } from './notes-form.tsx';
import { RowFlags } from './row-flags.tsx';

interface DetailPaneProps {
  readonly traceId: string;
  readonly onClose: () => void;
  readonly onSimilar: () => void;
}

/** One example in whole: judge it, correct it, say something about it, go on to others like it. */
export function DetailPane({ traceId, onClose, onSimilar }: DetailPaneProps) {
  const query = useQuery(exampleQuery(traceId));
  return (
    <aside className="pane" aria-label="Example">
      <div className="pane-head">
        <h2>Example</h2>
        <button type="button" className="quiet" onClick={onClose} aria-label="Close">
          ✕
        </button>
      </div>
      <Loaded query={query}>{(row) => <Detail row={row} onSimilar={onSimilar} />}</Loaded>
    </aside>
  );
}

function Detail({ row, onSimilar }: { readonly row: ExampleRow; readonly onSimilar: () => void }) {
  return (
    <>
      <InputList inputs={row.inputs} />
      <p className="detail-output">
        <Output output={row.output} correction={row.correction} /> <RowFlags row={row} />
      </p>
      <MarkButtons row={row} />
      <CorrectForm key={row.correction ?? row.output} row={row} />
      <NotesForm key={row.trace_id} row={row} />
      <div className="pane-links">
        <button type="button" onClick={onSimilar}>
          Find similar
        </button>
        <Link href={`/why/${encodeURIComponent(row.trace_id)}`}>Why this answer</Link>
        <Link
          href={`/sessions/${encodeURIComponent(row.session_id)}?${new URLSearchParams({
            statement: row.statement_id,
            call: row.trace_id,
          }).toString()}`}
        >
          In its session
        </Link>
      </div>
      <ExampleFacts row={row} />
    </>
  );
}

function ExampleFacts({ row }: { readonly row: ExampleRow }) {
  const facts = [
    ['Cell', `${row.cascade_id}.${row.cell_name}`],
    ['When', wholeTime(row.timestamp)],
    ['Model', `${row.provider}/${row.model}`],
    ['Cost', dollars(row.cost_usd)],
    ['Model’s probability', row.probability === null ? 'not told' : percent(row.probability)],
    ['Marked', row.annotated_at === null ? 'no' : `${wholeTime(row.annotated_at)}, ${row.annotation_source}`],
    ['Trace', row.trace_id],
  ] as const;
  return (
    <dl className="fact-list">
      {facts.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
