import { accept, change, reject, takeBack } from '../../marks/mark-action.ts';
import type { MarkAction, Markable } from '../../marks/mark-action.ts';
import { useMarks } from '../../marks/marks-context.ts';
import { plural } from '../../text/numbers.ts';
import type { Selection } from './use-selection.ts';

type MakeAction = (rows: readonly Markable[]) => MarkAction;

const ACTIONS: readonly { readonly name: string; readonly make: MakeAction }[] = [
  { name: 'Accept', make: accept },
  { name: 'Reject', make: reject },
  { name: 'Mark trainable', make: (rows) => change('Marked trainable', rows, { trainable: true }) },
  { name: 'Verify', make: (rows) => change('Verified', rows, { verified: true }) },
  { name: 'Clear marks', make: takeBack },
];

/** What can be done to the selected rows at once. */
export function BulkBar({ selection }: { readonly selection: Selection }) {
  const { act } = useMarks();
  const rows = [...selection.rows.values()];
  if (rows.length === 0) return null;
  return (
    <div className="bulk" role="toolbar" aria-label="Selected rows">
      <strong>{plural(rows.length, 'row')} selected</strong>
      {ACTIONS.map(({ name, make }) => (
        <button
          key={name}
          type="button"
          onClick={() => {
            void act(make(rows));
            selection.clear();
          }}
        >
          {name}
        </button>
      ))}
      <button type="button" className="quiet" onClick={() => selection.clear()}>
        Unselect
      </button>
    </div>
  );
}
