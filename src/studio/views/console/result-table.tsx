import { useVirtualizer } from '@tanstack/react-virtual';
import { useRef } from 'react';
import type { StatementResult } from './run-state.ts';

interface ResultTableProps {
  readonly result: StatementResult;
  readonly onMark: (row: readonly (string | null)[]) => void;
}

const ROW_HEIGHT = 32;
const OVERSCAN = 20;

/** Only the rows in sight are drawn; what is above and below is two tall empty rows. */
export function ResultTable({ result, onMark }: ResultTableProps) {
  const scroller = useRef<HTMLDivElement>(null);
  const { columns, rows } = result;
  const virtualizer = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_HEIGHT,
    overscan: OVERSCAN,
  });
  const items = virtualizer.getVirtualItems();
  const above = items[0]?.start ?? 0;
  const below = virtualizer.getTotalSize() - (items.at(-1)?.end ?? 0);
  return (
    <div ref={scroller} className="table-frame result" tabIndex={0} role="region" aria-label="Rows">
      <table aria-rowcount={rows.length + 1}>
        <thead>
          <tr>
            {columns.map(({ name, type }, at) => (
              // Names of columns may be the same twice.
              <th key={at} title={type}>
                {name}
              </th>
            ))}
            <th>
              <span className="unseen">Mark</span>
            </th>
          </tr>
        </thead>
        <tbody>
          <Spacer height={above} columns={columns.length + 1} />
          {items.map((item) => (
            <ResultRow key={item.key} index={item.index} row={rows[item.index] ?? []} onMark={onMark} />
          ))}
          <Spacer height={below} columns={columns.length + 1} />
        </tbody>
      </table>
    </div>
  );
}

function Spacer({ height, columns }: { readonly height: number; readonly columns: number }) {
  if (height <= 0) return null;
  return (
    <tr aria-hidden="true">
      <td colSpan={columns} style={{ height, padding: 0 }} />
    </tr>
  );
}

interface ResultRowProps {
  readonly index: number;
  readonly row: readonly (string | null)[];
  readonly onMark: (row: readonly (string | null)[]) => void;
}

function ResultRow({ index, row, onMark }: ResultRowProps) {
  return (
    <tr aria-rowindex={index + 2} style={{ height: ROW_HEIGHT }}>
      {row.map((value, at) => (
        // A cell has no name but its column's place.
        <td key={at} className="cut" title={value ?? undefined}>
          {value === null ? <span className="faint">NULL</span> : value}
        </td>
      ))}
      <td className="number">
        <button type="button" className="quiet small" onClick={() => onMark(row)}>
          Mark
        </button>
      </td>
    </tr>
  );
}
