import './training.css';
import { useMemo } from 'react';
import type { Filters } from '../../api/queries.ts';
import { useFilters } from '../../hooks/use-filters.ts';
import { BulkBar } from './bulk-bar.tsx';
import { CountsBar } from './counts-bar.tsx';
import { DetailPane } from './detail-pane.tsx';
import { ExampleFilters } from './example-filters.tsx';
import { ExampleGrid } from './example-grid.tsx';
import { FILTER_NAMES } from './filter-names.ts';
import { SimilarList } from './similar-list.tsx';
import { useSelection } from './use-selection.ts';

interface ExampleBrowserProps {
  /** Filters that the view itself sets. */
  readonly fixed: Filters;
}

/** Examples with filters, counts, bulk marks and a detail pane. Filters and what is open are in the URL. */
export function ExampleBrowser({ fixed }: ExampleBrowserProps) {
  const url = useFilters();
  const filters = useMemo<Filters>(() => ({ ...url.pick(FILTER_NAMES), ...fixed }), [fixed, url]);
  const selection = useSelection();
  const open = url.one('trace');
  const similarTo = url.one('similar');
  return (
    <div className="browser">
      <ExampleFilters url={url} fixed={fixed} />
      <CountsBar filters={filters} url={url} />
      <BulkBar selection={selection} />
      <div className="split-view" data-open={open !== ''}>
        {similarTo === '' ? (
          <ExampleGrid
            filters={filters}
            selection={selection}
            search={url.one('search')}
            open={open}
            onOpen={(trace) => url.set({ trace })}
          />
        ) : (
          <SimilarList
            traceId={similarTo}
            selection={selection}
            onOpen={(trace) => url.set({ trace })}
            onClose={() => url.set({ similar: null })}
          />
        )}
        {open !== '' && (
          <DetailPane
            key={open}
            traceId={open}
            onClose={() => url.set({ trace: null })}
            onSimilar={() => url.set({ similar: open })}
          />
        )}
      </div>
    </div>
  );
}
