import { useContext } from 'react';
import type { ExampleRow } from '../../../server/http/schemas/examples.ts';
import { Highlighted } from '../../components/highlighted.tsx';
import { inputFields, mainField } from '../../text/input-fields.ts';
import { SearchContext } from './search-context.ts';

/** The longest input in one line, the others and the cell below it. */
export function RowText({ row }: { readonly row: ExampleRow }) {
  const search = useContext(SearchContext);
  const fields = inputFields(row.inputs);
  const main = mainField(fields);
  const others = fields.filter((field) => field !== main);
  return (
    <span className="row-text">
      <span className="cut">
        <Highlighted text={main?.text ?? ''} search={search} />
      </span>
      <span className="cut faint">
        {others.map(({ name, text }) => (
          <span key={name}>
            {name}: <Highlighted text={text} search={search} />
            {' · '}
          </span>
        ))}
        {row.cascade_id}
      </span>
    </span>
  );
}
