import { useQuery } from '@tanstack/react-query';
import { Suspense, lazy, useEffect } from 'react';
import type { Home } from '../../../server/http/schemas/overview.ts';
import { homeQuery } from '../../api/queries.ts';
import { Loaded } from '../../components/loaded.tsx';
import { PageHead } from '../../components/page-head.tsx';
import { Waiting } from '../../components/waiting.tsx';
import { useFilters } from '../../hooks/use-filters.ts';
import { Attention } from './attention.tsx';
import { Sums } from './sums.tsx';
import { TopCascades } from './top-cascades.tsx';

const loadCharts = () => import('./home-charts.tsx');
const HomeCharts = lazy(loadCharts);
const PERIODS = ['7', '14', '30', '90'];

export function HomeView() {
  const filters = useFilters();
  const days = PERIODS.find((period) => period === filters.one('days')) ?? '14';
  const query = useQuery(homeQuery(Number(days)));
  useEffect(() => {
    // Beside the figures, not after them; where it fails, the charts say so when they are drawn.
    loadCharts().catch(() => undefined);
  }, []);
  return (
    <>
      <PageHead title="Home">
        <label className="inline">
          Last
          <select value={days} onChange={(event) => filters.set({ days: event.target.value })}>
            {PERIODS.map((period) => (
              <option key={period} value={period}>
                {period} days
              </option>
            ))}
          </select>
        </label>
      </PageHead>
      <Loaded query={query}>{(home) => <Overview home={home} />}</Loaded>
    </>
  );
}

function Overview({ home }: { readonly home: Home }) {
  return (
    <>
      <Sums days={home.days} />
      <div className="columns">
        <section aria-labelledby="by-day">
          <h2 id="by-day">By day</h2>
          <Suspense fallback={<Waiting what="Drawing" />}>
            <HomeCharts days={home.days} />
          </Suspense>
        </section>
        <Attention />
      </div>
      <TopCascades cascades={home.cascades} />
    </>
  );
}
