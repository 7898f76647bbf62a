import { useMemo } from 'react';
import type { Accuracy } from '../../../server/http/schemas/overview.ts';
import { DayChart } from '../../components/day-chart.tsx';
import type { Series } from '../../components/day-chart.tsx';
import { percent } from '../../text/numbers.ts';

interface AccuracyChartProps {
  readonly cascade: string;
  readonly points: Accuracy['points'];
}

/** Share of right answers among the judged ones, a day. */
export default function AccuracyChart({ cascade, points }: AccuracyChartProps) {
  const own = useMemo(() => points.filter(({ cascade_id }) => cascade_id === cascade), [cascade, points]);
  const days = useMemo(() => [...new Set(own.map(({ day }) => day))].toSorted(), [own]);
  const series = useMemo(
    () => [
      arm(own, days, true, 'With examples', 'chart-main'),
      arm(own, days, false, 'Without examples', 'chart-quiet'),
    ],
    [own, days],
  );
  return (
    <DayChart label={`Accuracy of ${cascade} by day`} days={days} series={series} height={180} most={1} />
  );
}

function arm(
  points: Accuracy['points'],
  days: readonly string[],
  taught: boolean,
  name: string,
  color: string,
): Series {
  const byDay = new Map(points.filter((point) => point.taught === taught).map((point) => [point.day, point]));
  const values = days.map((day) => {
    const point = byDay.get(day);
    return point === undefined ? null : point.right / point.judged;
  });
  return { name, color, values, kind: 'line', format: percent };
}
