import { useEffect, useRef } from 'react';
import uPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';

export interface Series {
  readonly name: string;
  /** A CSS variable without its dashes. Bars of one day stand upon each other, the first one on top. */
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

/** Seconds between two dates on the axis: whole days. */
const DAY_STEPS = [1, 2, 3, 7, 14, 30].map((days) => days * 86_400);

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
    ...series.map((_one, at) => heights(series, at)),
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
        { ...axis, grid: { show: false }, values: '{D} {MMM}', space: 56, size: 30, incrs: DAY_STEPS },
        { ...axis, size: 56, values: (_chart, splits) => splits.map((value) => first?.format(value) ?? '') },
      ],
      series: [
        { label: 'Day', value: '{YYYY}-{MM}-{DD}' },
        ...series.map((one) => seriesOf(one, color(one.color))),
      ],
    },
    data,
    element,
  );
}

/** Where a series' marks end: bars on top of those that come after them in the list. */
function heights(series: readonly Series[], at: number): (number | null)[] {
  const [own, ...below] = series.slice(at);
  if (own === undefined || own.kind === 'line') return [...(own?.values ?? [])];
  return own.values.map((value, day) =>
    below.reduce((sum, one) => sum + (one.kind === 'bars' ? (one.values[day] ?? 0) : 0), value ?? 0),
  );
}

function shownAt({ values, format }: Series, at: number | null): string {
  const value = at === null ? null : values[at];
  return value === null || value === undefined ? '–' : format(value);
}

function seriesOf(one: Series, stroke: string): uPlot.Series {
  const bars = uPlot.paths.bars?.({ size: [0.6, 40] });
  return {
    label: one.name,
    stroke,
    width: one.kind === 'bars' ? 0 : 2,
    value: (_chart, _height, _series, at) => shownAt(one, at),
    ...(one.kind === 'bars' ? { fill: stroke, points: { show: false } } : { points: { size: 6 } }),
    ...(one.kind === 'bars' && bars !== undefined ? { paths: bars } : {}),
  };
}

function sizeOf(element: HTMLElement, { height = 220 }: DayChartProps) {
  return { width: Math.max(element.clientWidth, 200), height };
}
