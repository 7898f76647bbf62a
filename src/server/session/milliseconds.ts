import { invalidSetting } from './setting.ts';

const UNITS: Readonly<Record<string, number>> = Object.freeze({
  '': 1,
  us: 0.001,
  ms: 1,
  s: 1000,
  min: 60_000,
  h: 3_600_000,
  d: 86_400_000,
});
const LARGEST_FIRST = Object.freeze(['d', 'h', 'min', 's', 'ms']);

/** `1500`, `1.5s`, `2min` → milliseconds, as the settings of time-outs take them. Throws SqlError 22023. */
export function milliseconds(name: string, value: string): number {
  const match = /^\s*(\d+(?:\.\d+)?)\s*([a-z]*)\s*$/.exec(value);
  const factor = UNITS[match?.[2] ?? '?'];
  if (match === null || factor === undefined) {
    throw invalidSetting(
      name,
      value,
      'Valid units for this parameter are "us", "ms", "s", "min", "h", and "d".',
    );
  }
  return Math.round(Number(match[1]) * factor);
}

/** In the largest unit that is whole, as SHOW writes it: 60000 → `1min`. */
export function durationText(ms: number): string {
  if (ms === 0) return '0';
  const unit = LARGEST_FIRST.find((name) => ms % (UNITS[name] ?? 1) === 0) ?? 'ms';
  return `${ms / (UNITS[unit] ?? 1)}${unit}`;
}

export function duration(name: string): (value: string) => string {
  return (value) => durationText(milliseconds(name, value));
}
