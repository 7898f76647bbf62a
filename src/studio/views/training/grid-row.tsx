import { flexRender } from '@tanstack/react-table';
import type { Row } from '@tanstack/react-table';
import { memo } from 'react';
import type { ExampleRow } from '../../../server/http/schemas/examples.ts';
import type { FEATURES } from './example-columns.tsx';

interface GridRowProps {
  readonly index: number;
  /** Pixels from the top of the body. */
  readonly start: number;
  readonly size: number;
  /** undefined while it is on its way. */
  readonly row: Row<typeof FEATURES, ExampleRow> | undefined;
  readonly current: boolean;
  readonly open: boolean;
  readonly selected: boolean;
  readonly onToggle: (row: ExampleRow) => void;
  readonly onOpen: (index: number, traceId: string) => void;
}

/** Drawn again only when something about it changes: while scrolling, most rows stay as they are. */
export const GridRow = memo(DrawnRow, isSame);

function DrawnRow(props: GridRowProps) {
  const { index, start, size, row, current, open, selected, onToggle, onOpen } = props;
  const example = row?.original;
  return (
    <div
      id={`row-${index}`}
      role="row"
      aria-rowindex={index + 2}
      aria-selected={selected}
      data-current={current}
      data-open={open}
      className="grid-row"
      style={{ height: size, transform: `translateY(${start}px)` }}
      onClick={(event) => {
        if (example !== undefined && !isControl(event.target)) onOpen(index, example.trace_id);
      }}
    >
      <span role="gridcell" className="col-select">
        {example !== undefined && (
          <input
            type="checkbox"
            aria-label="Select row"
            checked={selected}
            onChange={() => onToggle(example)}
          />
        )}
      </span>
      {row === undefined ? (
        <span role="gridcell" className="col-inputs faint">
          …
        </span>
      ) : (
        row.getAllCells().map((cell) => (
          <span key={cell.id} role="gridcell" className={`col-${cell.column.id}`}>
            {flexRender(cell.column.columnDef.cell, cell.getContext())}
          </span>
        ))
      )}
    </div>
  );
}

/** The table makes its rows anew for every list; what they show is the example. */
function isSame(one: GridRowProps, other: GridRowProps): boolean {
  return (
    one.row?.original === other.row?.original &&
    one.index === other.index &&
    one.start === other.start &&
    one.size === other.size &&
    one.current === other.current &&
    one.open === other.open &&
    one.selected === other.selected
  );
}

function isControl(target: EventTarget): boolean {
  return target instanceof Element && target.closest('input, button, a, label') !== null;
}
