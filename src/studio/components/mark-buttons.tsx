import type { ExampleRow } from '../../server/http/schemas/examples.ts';
import { accept, reject, takeBack } from '../marks/mark-action.ts';
import { useMarks } from '../marks/marks-context.ts';
import { markState } from '../marks/mark-state.ts';

/** Accept, reject, or take the mark back; the one in force is pressed. */
export function MarkButtons({ row }: { readonly row: ExampleRow }) {
  const { act } = useMarks();
  const state = markState(row);
  return (
    <div className="mark-buttons" role="group" aria-label="Mark">
      <button
        type="button"
        className="good"
        aria-pressed={state === 'accepted'}
        onClick={() => void act(accept([row]))}
      >
        Accept
      </button>
      <button
        type="button"
        className="bad"
        aria-pressed={state === 'rejected'}
        onClick={() => void act(reject([row]))}
      >
        Reject
      </button>
      {state !== 'unmarked' && (
        <button type="button" className="quiet" onClick={() => void act(takeBack([row]))}>
          Clear mark
        </button>
      )}
    </div>
  );
}
