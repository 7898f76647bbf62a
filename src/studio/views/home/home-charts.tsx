import { useMemo } from 'react';
import type { Home } from '../../../server/http/schemas/overview.ts';
import { DayChart } from '../../components/day-chart.tsx';
import type { Series } from '../../components/day-chart.tsx';
import { dollars, short } from '../../text/numbers.ts';

export default function HomeCharts({ days }: Pick<Home, 'days'>) {
  const names = useMemo(() => days.map(({ day }) => day), [days]);
  const calls = useMemo<readonly Series[]>(
    () => [
      bars(
        'From cache',
        'chart-quiet',
        days.map((day) => day.cached),
      ),
      bars(
        'From a call',
        'chart-main',
        days.map((day) => day.calls - day.errors),
      ),
      bars(
        'Failed',
        'bad',
        days.map((day) => day.errors),
      ),
    ],
    [days],
  );
  const cost = useMemo<readonly Series[]>(
    () => [
      {
        name: 'Cost',
        color: 'chart-main',
        values: days.map((day) => day.cost_usd),
        kind: 'line',
        format: dollars,
      },
    ],
    [days],
  );
  return (
    <>
      <DayChart label="Answers by day: from cache, from a call, failed" days={names} series={calls} />
      <DayChart label="Cost by day" days={names} series={cost} height={140} />
    </>
  );
}

function bars(name: string, color: string, values: readonly number[]): Series {
  return { name, color, values, kind: 'bars', format: short };
}
