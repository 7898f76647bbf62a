import {
  DuckDBArrayValue,
  DuckDBDecimalValue,
  DuckDBListValue,
  DuckDBMapValue,
  DuckDBStructValue,
  DuckDBUnionValue,
  type DuckDBValue,
} from '@duckdb/node-api';
import { plainText } from './plain-text.ts';
import type { TextStyle } from './text-style.ts';

/** A value of DuckDB as JSON: numbers stay numbers (all digits), dates and the like are their PostgreSQL text. */
export function jsonText(value: DuckDBValue, style: TextStyle): string {
  if (value === null) return 'null';
  if (typeof value === 'boolean' || typeof value === 'bigint') return String(value);
  if (typeof value === 'number') return Number.isFinite(value) ? String(value) : `"${String(value)}"`;
  if (value instanceof DuckDBDecimalValue) return value.toString();
  if (value instanceof DuckDBListValue || value instanceof DuckDBArrayValue) {
    return `[${value.items.map((item) => jsonText(item, style)).join(',')}]`;
  }
  if (value instanceof DuckDBStructValue) return objectText(Object.entries(value.entries), style);
  if (value instanceof DuckDBMapValue) {
    return objectText(
      value.entries.map((entry) => [keyText(entry.key, style), entry.value] as const),
      style,
    );
  }
  if (value instanceof DuckDBUnionValue) return jsonText(value.value, style);
  return JSON.stringify(plainText(value, style));
}

function objectText(entries: readonly (readonly [string, DuckDBValue])[], style: TextStyle): string {
  return `{${entries.map(([key, value]) => `${JSON.stringify(key)}:${jsonText(value, style)}`).join(',')}}`;
}

/** A key that is no text is written as its JSON. */
function keyText(key: DuckDBValue, style: TextStyle): string {
  if (typeof key === 'string') return key;
  const text = jsonText(key, style);
  return text.startsWith('"') ? (JSON.parse(text) as string) : text;
}
