import './sessions.css';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useCallback } from 'react';
import { statementsQuery } from '../../api/queries.ts';
import { Choice } from '../../components/choice.tsx';
import { Empty } from '../../components/empty.tsx';
import { Loaded } from '../../components/loaded.tsx';
import { PageHead } from '../../components/page-head.tsx';
import { Pager } from '../../components/pager.tsx';
import { SearchBox } from '../../components/search-box.tsx';
import { useFilters } from '../../hooks/use-filters.ts';
import type { UrlFilters } from '../../hooks/use-filters.ts';
import { RunningStatements } from './running-statements.tsx';
import { StatementTable } from './statement-table.tsx';

const ROWS = 50;
const STATES = [
  { value: 'true', name: 'With errors' },
  { value: 'false', name: 'Without errors' },
];

/** Statements run, newest first, as they happen. */
export default function SessionsView() {
  const filters = useFilters();
  const offset = Number(filters.one('offset')) || 0;
  const query = useQuery({
    ...statementsQuery({ ...filters.pick(['search', 'failed']), limit: ROWS, offset }),
    placeholderData: keepPreviousData,
  });
  return (
    <>
      <PageHead title="Sessions">
        <StatementFilters filters={filters} />
      </PageHead>
      <RunningStatements />
      <Loaded query={query}>
        {({ statements, total }) =>
          total === 0 ? (
            <Empty title="No statement asked for meaning in the last 30 days.">
              <p>Run one: SELECT … WHERE description MEANS 'eco-friendly'.</p>
            </Empty>
          ) : (
            <>
              <StatementTable statements={statements} search={filters.one('search')} />
              <Pager
                total={total}
                offset={offset}
                rows={ROWS}
                onMove={(to) => filters.set({ offset: to === 0 ? null : String(to) })}
              />
            </>
          )
        }
      </Loaded>
    </>
  );
}

function StatementFilters({ filters }: { readonly filters: UrlFilters }) {
  const { set } = filters;
  const search = useCallback((text: string) => set({ search: text, offset: null }), [set]);
  return (
    <div className="filters">
      <SearchBox label="Search SQL" value={filters.one('search')} onChange={search} />
      <Choice
        label="Errors"
        all="Any outcome"
        value={filters.one('failed')}
        options={STATES}
        onChange={(failed) => set({ failed, offset: null })}
      />
    </div>
  );
}
