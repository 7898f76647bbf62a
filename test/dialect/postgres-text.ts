import {
  DuckDBBlobValue,
  DuckDBDateValue,
  type DuckDBType,
  DuckDBDecimalValue,
  DuckDBIntervalValue,
  DuckDBListValue,
  DuckDBMapValue,
  DuckDBStructValue,
  type DuckDBValue,
} from '@duckdb/node-api';

/** A value as PostgreSQL would write it, near enough to compare: numbers are compared as numbers, see `sameText`. */
export function postgresText(value: DuckDBValue | undefined, type?: DuckDBType): string | null {
  if (value === null || value === undefined) return null;
  if (typeof value === 'boolean') return value ? 't' : 'f';
  if (value instanceof DuckDBListValue) return `{${value.items.map((item) => element(item)).join(',')}}`;
  if (value instanceof DuckDBStructValue)
    return `(${Object.values(value.entries)
      .map((item) => postgresText(item) ?? '')
      .join(',')})`;
  if (value instanceof DuckDBMapValue)
    return `{${value.entries.map(({ key, value: item }) => `${String(key)}=>${postgresText(item) ?? ''}`).join(',')}}`;
  if (value instanceof DuckDBBlobValue) return `\\x${Buffer.from(value.bytes).toString('hex')}`;
  if (value instanceof DuckDBDecimalValue)
    return value
      .toString()
      .replace(/(\.\d*?)0+$/, '$1')
      .replace(/\.$/, '');
  if (value instanceof DuckDBIntervalValue) return intervalText(value);
  if (value instanceof DuckDBDateValue) return dateText(value);
  return type?.alias === 'JSON' ? normalJson(String(value)) : String(value);
}

function dateText(value: DuckDBDateValue): string {
  if (!value.isFinite) return value.days > 0 ? 'infinity' : '-infinity';
  return value.toString().replace(' (BC)', ' BC');
}

function element(item: DuckDBValue): string {
  const text = postgresText(item);
  if (text === null) return 'NULL';
  return /^$|[{},"\\\s]/.test(text) && !(item instanceof DuckDBListValue)
    ? `"${text.replace(/(["\\])/g, '\\$1')}"`
    : text;
}

function intervalText({ months, days, micros }: DuckDBIntervalValue): string {
  const years = Math.trunc(months / 12);
  const parts = [unit(years, 'year'), unit(months % 12, 'mon'), unit(days, 'day')].filter(
    (part) => part !== '',
  );
  const time = clock(micros);
  return time === '' ? parts.join(' ') || '00:00:00' : [...parts, time].join(' ');
}

function unit(count: number, name: string): string {
  return count === 0 ? '' : `${count} ${name}${Math.abs(count) === 1 && count > 0 ? '' : 's'}`;
}

function clock(micros: bigint): string {
  if (micros === 0n) return '';
  const size = micros < 0n ? -micros : micros;
  const seconds = size / 1_000_000n;
  const [hours, minutes, rest] = [seconds / 3600n, (seconds / 60n) % 60n, seconds % 60n].map((part) =>
    String(part).padStart(2, '0'),
  );
  const fraction = String(size % 1_000_000n)
    .padStart(6, '0')
    .replace(/0+$/, '');
  return `${micros < 0n ? '-' : ''}${hours}:${minutes}:${rest}${fraction === '' ? '' : `.${fraction}`}`;
}

function normalJson(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text));
  } catch {
    return text;
  }
}

/** Whether two texts say the same: numbers by value to 12 digits, json by its contents. */
export function sameText(ours: string | null, theirs: string | null): boolean {
  if (ours === theirs) return true;
  if (ours === null || theirs === null) return false;
  return normal(ours) === normal(theirs);
}

function normal(text: string): string {
  if (/^-?\d+(\.\d+)?(e[+-]?\d+)?$/i.test(text)) return Number(text).toPrecision(12);
  if (/^[[{"]/.test(text)) return normalJson(text).replace(/(\.\d*?)0+(?=[,}])/g, '$1');
  return text.replace(/(\d\d:\d\d:\d\d\.\d*?)0+$/, '$1');
}
