import type { ExampleRow } from '../../../server/http/schemas/examples.ts';
import { change } from '../../marks/mark-action.ts';
import { useMarks } from '../../marks/marks-context.ts';

/** Whether the row teaches and whether somebody verified it, each to be switched on its own. */
export function MarkToggles({ row }: { readonly row: ExampleRow }) {
  const { act } = useMarks();
  return (
    <span className="toggles">
      <label title="Teaches: may be shown to the model as an example">
        <input
          type="checkbox"
          checked={row.trainable}
          onChange={() =>
            void act(
              change(row.trainable ? 'No longer teaches:' : 'Teaches:', [row], { trainable: !row.trainable }),
            )
          }
        />
        teach
      </label>
      <label title="Verified: a human has checked the output">
        <input
          type="checkbox"
          checked={row.verified}
          onChange={() =>
            void act(
              change(row.verified ? 'No longer verified:' : 'Verified:', [row], { verified: !row.verified }),
            )
          }
        />
        verify
      </label>
    </span>
  );
}
