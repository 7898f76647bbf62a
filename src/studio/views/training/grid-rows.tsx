import { useTable } from '@tanstack/react-table';
import type { VirtualItem } from '@tanstack/react-virtual';
import type { ExampleRow } from '../../../server/http/schemas/examples.ts';
import { useSameArray } from '../../hooks/use-same-array.ts';
import { COLUMNS, FEATURES } from './example-columns.tsx';
import { GridRow } from './grid-row.tsx';
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
        <GridRow
          key={item.key}
          index={item.index}
          start={item.start}
          size={item.size}
          row={rows.get(example?.trace_id ?? '')}
          current={item.index === current}
          open={example !== undefined && example.trace_id === open}
          selected={example !== undefined && selection.rows.has(example.trace_id)}
          onToggle={selection.toggle}
          onOpen={onOpen}
        />
      ))}
    </div>
  );
}
