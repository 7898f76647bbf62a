import { useTable } from '@tanstack/react-table';
import type { VirtualItem } from '@tanstack/react-virtual';
import type { ExampleRow } from '../../../server/http/schemas/examples.ts';
import { useSameArray } from '../../hooks/use-same-array.ts';
import { COLUMNS, FEATURES } from './example-columns.tsx';
import type { Selection } from './use-selection.ts';

interface GridRowsProps {
  readonly items: readonly VirtualItem[];
  /** Of all rows, in pixels. */
  readonly height: number;
  readonly rowAt: (index: number) => ExampleRow | undefined;
  readonly current: number;
  readonly open: string;
  readonly selection: Selection;
  readonly onOpen: (index: number, traceId: string) => void;
}

/** The rows in sight, each at its place in a body as tall as all of them. */
export function GridRows({ items, height, rowAt, current, open, selection, onOpen }: GridRowsProps) {
  const shown = items.map((item) => ({ item, example: rowAt(item.index) }));
  const data = useSameArray(shown.flatMap(({ example }) => example ?? []));
  const table = useTable({ features: FEATURES, columns: COLUMNS, data, getRowId: (row) => row.trace_id });
  const rows = new Map(table.getRowModel().rows.map((row) => [row.id, row]));
  return (
    <div className="grid-body" role="rowgroup" style={{ height }}>
      {shown.map(({ item, example }) => (
        <div
          key={item.key}
          id={`row-${item.index}`}
          role="row"
          aria-rowindex={item.index + 2}
          aria-selected={example !== undefined && selection.rows.has(example.trace_id)}
          data-current={item.index === current}
          data-open={example?.trace_id === open}
          className="grid-row"
          style={{ height: item.size, transform: `translateY(${item.start}px)` }}
          onClick={(event) => {
            if (example !== undefined && !isControl(event.target)) onOpen(item.index, example.trace_id);
          }}
        >
          <span role="gridcell" className="col-select">
            {example !== undefined && (
              <input
                type="checkbox"
                aria-label="Select row"
                checked={selection.rows.has(example.trace_id)}
                onChange={() => selection.toggle(example)}
              />
            )}
          </span>
          {rows
            .get(example?.trace_id ?? '')
            ?.getAllCells()
            .map((cell) => (
              <span key={cell.id} role="gridcell" className={`col-${cell.column.id}`}>
                <table.FlexRender cell={cell} />
              </span>
            ))}
        </div>
      ))}
    </div>
  );
}

function isControl(target: EventTarget): boolean {
  return target instanceof Element && target.closest('input, button, a, label') !== null;
}
