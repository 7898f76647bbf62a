import { useVirtualizer } from '@tanstack/react-virtual';
import type { VirtualItem } from '@tanstack/react-virtual';
import { useRef } from 'react';
import type { Filters } from '../../api/queries.ts';
import { Empty } from '../../components/empty.tsx';
import { Failure } from '../../components/failure.tsx';
import { Waiting } from '../../components/waiting.tsx';
import { useThrottled } from '../../hooks/use-throttled.ts';
import { PHONE, useMedia } from '../../hooks/use-media.ts';
import { plural } from '../../text/numbers.ts';
import { GridHead } from './grid-head.tsx';
import { GridRows } from './grid-rows.tsx';
import { SearchContext } from './search-context.ts';
import { useExamplePages } from './use-example-pages.ts';
import { useGridKeys } from './use-grid-keys.ts';
import type { Selection } from './use-selection.ts';

interface ExampleGridProps {
  readonly filters: Filters;
  readonly selection: Selection;
  readonly search: string;
  /** Trace id of the row in the detail pane; '' where none is. */
  readonly open: string;
  readonly onOpen: (traceId: string | null) => void;
}

const ROW_HEIGHT = 46;
const PHONE_ROW_HEIGHT = 92;
const OVERSCAN = 10;
/** Who drags the bar across thousands of rows passes many pages that nobody sees. */
const SETTLE_MS = 120;

/** As many rows as the log has; only those in sight are fetched and drawn. */
export function ExampleGrid({ filters, selection, search, open, onOpen }: ExampleGridProps) {
  const scroller = useRef<HTMLDivElement>(null);
  const height = useMedia(PHONE) ? PHONE_ROW_HEIGHT : ROW_HEIGHT;
  const [sight, setSight] = useThrottled({ first: 0, last: 0 }, SETTLE_MS);
  const pages = useExamplePages(filters, sight.first, sight.last);
  const virtualizer = useVirtualizer({
    count: pages.total,
    getScrollElement: () => scroller.current,
    estimateSize: () => height,
    overscan: OVERSCAN,
    onChange: ({ range }) => {
      if (range !== null) setSight({ first: range.startIndex, last: range.endIndex });
    },
  });
  const keys = useGridKeys({
    rowAt: pages.rowAt,
    total: pages.total,
    selection,
    onOpen,
    onMove: (index) => virtualizer.scrollToIndex(index),
  });
  if (pages.error !== undefined && pages.error !== null) return <Failure error={pages.error} />;
  if (pages.waiting) return <Waiting />;
  return (
    <div className="grid-frame">
      {pages.newer > 0 && (
        <button type="button" className="newer" onClick={pages.showNewer}>
          Show {plural(pages.newer, 'newer call')}
        </button>
      )}
      {pages.total === 0 ? (
        <Empty title="No example meets these filters." />
      ) : (
        <SearchContext value={search}>
          <div
            ref={scroller}
            className="grid"
            role="grid"
            aria-label="Examples"
            aria-rowcount={pages.total + 1}
            aria-multiselectable="true"
            aria-activedescendant={
              isDrawn(virtualizer.getVirtualItems(), keys.current) ? `row-${keys.current}` : undefined
            }
            tabIndex={0}
            onKeyDown={keys.onKeyDown}
          >
            <GridHead filters={filters} selection={selection} total={pages.total} />
            <GridRows
              items={virtualizer.getVirtualItems()}
              height={virtualizer.getTotalSize()}
              rowAt={pages.rowAt}
              current={keys.current}
              open={open}
              selection={selection}
              onOpen={(index, traceId) => {
                keys.setCurrent(index);
                onOpen(traceId);
              }}
            />
          </div>
        </SearchContext>
      )}
    </div>
  );
}

function isDrawn(items: readonly VirtualItem[], index: number): boolean {
  return items.some((item) => item.index === index);
}
