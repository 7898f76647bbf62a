import { useQuery } from '@tanstack/react-query';
import { Dialog, Heading, Modal, ModalOverlay } from 'react-aria-components';
import { Link } from 'wouter';
import type { ExampleRow } from '../../../server/http/schemas/examples.ts';
import { postJson } from '../../api/request.ts';
import { Empty } from '../../components/empty.tsx';
import { InputList } from '../../components/input-list.tsx';
import { Loaded } from '../../components/loaded.tsx';
import { MarkButtons } from '../../components/mark-buttons.tsx';
import { Output } from '../../components/output.tsx';

interface RowTracesProps {
  readonly values: readonly (string | null)[];
  readonly functions: readonly string[];
  readonly onClose: () => void;
}

/** The calls behind a row of a result, to be marked on the spot. */
export function RowTraces({ values, functions, onClose }: RowTracesProps) {
  const texts = values.filter((value) => value !== null);
  const query = useQuery({
    queryKey: ['marks', 'traces', texts, functions],
    queryFn: ({ signal }) =>
      postJson<{ examples: ExampleRow[] }>('/api/sql/traces', { values: texts, functions }, signal),
    enabled: texts.length > 0,
  });
  return (
    <ModalOverlay className="overlay" isDismissable isOpen onOpenChange={(open) => open || onClose()}>
      <Modal className="modal">
        <Dialog>
          <Heading slot="title">Calls behind this row</Heading>
          <Loaded query={query}>
            {({ examples }) =>
              examples.length === 0 ? (
                <Empty title="No logged call has a value of this row as its input.">
                  <p>Select the column that the operator read.</p>
                </Empty>
              ) : (
                <ul className="trace-list">
                  {examples.map((row) => (
                    <li key={row.trace_id}>
                      <InputList inputs={row.inputs} />
                      <Output output={row.output} correction={row.correction} />
                      <MarkButtons row={row} />
                      <Link href={`/training?trace=${encodeURIComponent(row.trace_id)}`}>
                        Correct or note
                      </Link>
                    </li>
                  ))}
                </ul>
              )
            }
          </Loaded>
          <button type="button" onClick={onClose}>
            Close
          </button>
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}
