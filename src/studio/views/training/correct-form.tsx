import { useQuery } from '@tanstack/react-query';
import { useId, useState } from 'react';
import type { ExampleRow } from '../../../server/http/schemas/examples.ts';
import { countsQuery } from '../../api/queries.ts';
import { correct } from '../../marks/mark-action.ts';
import { useMarks } from '../../marks/marks-context.ts';

/** The right output in the place of the logged one; the labels of the cell are one click away. */
export function CorrectForm({ row }: { readonly row: ExampleRow }) {
  const { act } = useMarks();
  const [text, setText] = useState(row.correction ?? row.output);
  const id = useId();
  const labels =
    useQuery(countsQuery({ cascade_id: row.cascade_id, cell_name: row.cell_name })).data?.labels ?? [];
  const others = labels.filter(({ label }) => label !== (row.correction ?? row.output)).slice(0, 5);
  return (
    <form
      className="correct"
      onSubmit={(event) => {
        event.preventDefault();
        void act(correct([row], text));
      }}
    >
      <label htmlFor={id}>Right output</label>
      <textarea
        id={id}
        rows={row.output.length > 80 ? 6 : 1}
        value={text}
        onChange={(event) => setText(event.target.value)}
      />
      <div className="row">
        <button type="submit" disabled={text === (row.correction ?? row.output)}>
          Correct
        </button>
        {others.map(({ label }) => (
          <button key={label} type="button" className="quiet" onClick={() => void act(correct([row], label))}>
            It is {label}
          </button>
        ))}
      </div>
    </form>
  );
}
