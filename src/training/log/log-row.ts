import type { CallRecord } from './call-record.ts';
import type { StoreRow } from './store.ts';

/** The row of `unified_logs` for a call. `ingested` is its place in the order of arrival. */
export function rowOf(record: CallRecord, ingested: number): StoreRow {
  const { timestampUs, ...rest } = record;
  const columns = Object.entries(rest).map(([name, value]) => [snakeCase(name), value] as const);
  return { ...Object.fromEntries(columns), timestamp: timestampText(timestampUs), ingested };
}

/** `2026-01-02 03:04:05.678901`, UTC. */
export function timestampText(microseconds: bigint): string {
  const seconds = microseconds / 1_000_000n;
  const fraction = String(microseconds % 1_000_000n).padStart(6, '0');
  const date = new Date(Number(seconds) * 1000).toISOString();
  return `${date.slice(0, 10)} ${date.slice(11, 19)}.${fraction}`;
}

function snakeCase(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}
