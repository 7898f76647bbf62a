import { useQuery } from '@tanstack/react-query';
import type { SimilarExample } from '../../../server/http/schemas/examples.ts';
import { exampleQuery, similarQuery } from '../../api/queries.ts';
import { Empty } from '../../components/empty.tsx';
import { Loaded } from '../../components/loaded.tsx';
import { Output } from '../../components/output.tsx';
import { inputFields, mainField } from '../../text/input-fields.ts';
import { RowFlags } from './row-flags.tsx';
import { RowText } from './row-text.tsx';
import type { Selection } from './use-selection.ts';

interface SimilarListProps {
  readonly traceId: string;
  readonly selection: Selection;
  readonly onOpen: (traceId: string) => void;
  readonly onClose: () => void;
}

/** Calls whose inputs mean nearly the same as one call's, nearest first, to be marked together. */
export function SimilarList({ traceId, selection, onOpen, onClose }: SimilarListProps) {
  const own = useQuery(exampleQuery(traceId)).data;
  const query = useQuery(similarQuery(traceId));
  const text = own === undefined ? '' : (mainField(inputFields(own.inputs))?.text ?? '');
  return (
    <section className="similar" aria-label="Similar calls">
      <div className="pane-head">
        <h2>Similar to “{text.slice(0, 60)}”</h2>
        <button type="button" className="quiet" onClick={onClose}>
          Back to all
        </button>
      </div>
      <Loaded query={query}>
        {({ examples }) =>
          examples.length === 0 ? (
            <Empty title="No other call of this cell is in the log." />
          ) : (
            <SimilarRows examples={examples} selection={selection} onOpen={onOpen} />
          )
        }
      </Loaded>
    </section>
  );
}

interface SimilarRowsProps extends Pick<SimilarListProps, 'selection' | 'onOpen'> {
  readonly examples: readonly SimilarExample[];
}

function SimilarRows({ examples, selection, onOpen }: SimilarRowsProps) {
  return (
    <>
      <button type="button" onClick={() => selection.add(examples)}>
        Select all {examples.length}
      </button>
      <ul className="similar-rows">
        {examples.map((row) => (
          <li key={row.trace_id} data-selected={selection.rows.has(row.trace_id)}>
            <input
              type="checkbox"
              aria-label="Select row"
              checked={selection.rows.has(row.trace_id)}
              onChange={() => selection.toggle(row)}
            />
            <span className="similarity" title="Similarity">
              {row.similarity.toFixed(2)}
            </span>
            <button type="button" className="plain" onClick={() => onOpen(row.trace_id)}>
              <RowText row={row} />
            </button>
            <Output output={row.output} correction={row.correction} />
            <RowFlags row={row} />
          </li>
        ))}
      </ul>
    </>
  );
}
