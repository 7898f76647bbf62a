import { useEffect, useRef } from 'react';
import uPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';

export interface Series {
  readonly name: string;
  /** A CSS variable without its dashes. */
  readonly color: string;
  readonly values: readonly (number | null)[];
  readonly kind: 'bars' | 'line';
  format(value: number): string;
}

interface DayChartProps {
  /** Said to who cannot see it. */
  readonly label: string;
  /** YYYY-MM-DD, oldest first; one value of each series a day. */
  readonly days: readonly string[];
  readonly series: readonly Series[];
  readonly height?: number;
  /** Upper end of the axis; the largest value where left out. */
  readonly most?: number;
}

/** Values by day. The same numbers stand in a table for screen readers. */
export function DayChart(props: DayChartProps) {
  const { label, days, series } = props;
  const host = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const element = host.current;
    if (element === null) return undefined;
    const chart = drawChart(element, props);
    const watch = new ResizeObserver(() => chart.setSize(sizeOf(element, props)));
    watch.observe(element);
    return () => {
      watch.disconnect();
      chart.destroy();
    };
  }, [props]);
  return (
    <figure className="chart" aria-label={label}>
      <div ref={host} aria-hidden="true" />
      <table className="unseen">
        <caption>{label}</caption>
        <thead>
          <tr>
            <th>Day</th>
            {series.map(({ name }) => (
              <th key={name}>{name}</th>
            ))}
          </tr>
        </thead>
        <tbody>
          {days.map((day, at) => (
            <tr key={day}>
              <th>{day}</th>
              {series.map(({ name, values, format }) => (
                <td key={name}>{format(values[at] ?? 0)}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </figure>
  );
}

function drawChart(element: HTMLElement, props: DayChartProps): uPlot {
  const { days, series, most } = props;
  const style = getComputedStyle(element);
  const color = (name: string) => style.getPropertyValue(`--${name}`).trim();
  const axis = {
    stroke: color('ink-faint'),
    grid: { stroke: color('line'), width: 1 },
    ticks: { show: false },
    font: '12px system-ui, sans-serif',
  };
  const [first] = series;
  const data: uPlot.AlignedData = [
    days.map((day) => Date.parse(`${day}T00:00:00Z`) / 1_000),
    ...series.map(({ values }) => [...values]),
  ];
  return new uPlot(
    {
      ...sizeOf(element, props),
      tzDate: (seconds) => uPlot.tzDate(new Date(seconds * 1_000), 'UTC'),
      legend: { live: true },
      cursor: { y: false, points: { show: false } },
      scales: {
        x: { range: (_chart, from, to) => [from - 43_200, to + 43_200] },
        y: { range: [0, most ?? null] },
      },
      axes: [
        { ...axis, grid: { show: false }, values: '{D} {MMM}', space: 56 },
        { ...axis, size: 56, values: (_chart, splits) => splits.map((value) => first?.format(value) ?? '') },
      ],
      series: [{ value: '{YYYY}-{MM}-{DD}' }, ...series.map((one) => seriesOf(one, color(one.color)))],
    },
    data,
    element,
  );
}

function seriesOf(one: Series, stroke: string): uPlot.Series {
  const bars = uPlot.paths.bars?.({ size: [0.6, 40] });
  return {
    label: one.name,
    stroke,
    width: one.kind === 'bars' ? 0 : 2,
    value: (_chart, value: number | null) => (value === null ? '–' : one.format(value)),
    ...(one.kind === 'bars' ? { fill: stroke, points: { show: false } } : { points: { size: 6 } }),
    ...(one.kind === 'bars' && bars !== undefined ? { paths: bars } : {}),
  };
}

function sizeOf(element: HTMLElement, { height = 220 }: DayChartProps) {
  return { width: Math.max(element.clientWidth, 200), height };
}
