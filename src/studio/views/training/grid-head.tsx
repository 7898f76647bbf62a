import { useQueryClient } from '@tanstack/react-query';
import type { ExamplePage } from '../../../server/http/schemas/examples.ts';
import { getJson, pathWith } from '../../api/request.ts';
import type { Filters } from '../../api/queries.ts';
import { whole } from '../../text/numbers.ts';
import { COLUMNS } from './example-columns.tsx';
import type { Selection } from './use-selection.ts';

interface GridHeadProps {
  readonly filters: Filters;
  readonly selection: Selection;
  readonly total: number;
}

/** What one request gives. */
const MOST_SELECTED = 1_000;

export function GridHead({ filters, selection, total }: GridHeadProps) {
  const selectAll = useSelectAll(filters, selection);
  const label = `Select ${total > MOST_SELECTED ? `the newest ${whole(MOST_SELECTED)}` : `all ${whole(total)}`}`;
  const some = selection.rows.size > 0;
  return (
    <div role="row" aria-rowindex={1} className="grid-row grid-head">
      <span role="columnheader" className="col-select">
        <input
          type="checkbox"
          aria-label={some ? 'Unselect all' : label}
          title={some ? 'Unselect all' : label}
          checked={some}
          onChange={() => (some ? selection.clear() : void selectAll())}
        />
      </span>
      {COLUMNS.map((column) => (
        <span key={columnId(column)} role="columnheader" className={`col-${columnId(column)}`}>
          {String(column.header)}
        </span>
      ))}
    </div>
  );
}

function columnId(column: (typeof COLUMNS)[number]): string {
  return column.id ?? ('accessorKey' in column ? String(column.accessorKey) : '');
}

function useSelectAll(filters: Filters, selection: Selection): () => Promise<void> {
  const client = useQueryClient();
  return async () => {
    const path = pathWith('/api/training/examples', { ...filters, limit: MOST_SELECTED, text_limit: 200 });
    const page = await client.fetchQuery({
      queryKey: ['marks', path],
      queryFn: ({ signal }) => getJson<ExamplePage>(path, signal),
    });
    selection.add(page.examples);
  };
}
