import type { StatementResult } from './run-state.ts';

export interface Bar {
  readonly label: string;
  readonly value: number;
}

/** Bars that a person can tell apart. */
const MOST_BARS = 40;

/** Which columns are numbers, and which can name a bar: all others, or all where there are no others. */
export function chartColumns({ columns }: StatementResult): {
  readonly names: readonly number[];
  readonly numbers: readonly number[];
} {
  const all = columns.map((_column, at) => at);
  const numbers = all.filter((at) => /INT|DOUBLE|FLOAT|REAL|DECIMAL|NUMERIC/i.test(columns[at]?.type ?? ''));
  const others = all.filter((at) => !numbers.includes(at));
  return { names: others.length > 0 ? others : all, numbers };
}

/** Sums of a column by the values of another, or how often each value is there; in the order of the rows. */
export function bars({ rows }: StatementResult, name: number, number: number | null): readonly Bar[] {
  const sums = new Map<string, number>();
  for (const row of rows) {
    const label = row[name] ?? 'NULL';
    const value = number === null ? 1 : Number(row[number] ?? 0);
    sums.set(label, (sums.get(label) ?? 0) + value);
  }
  const all = [...sums].map(([label, value]) => ({ label, value }));
  const ordered = number === null ? all.toSorted((one, other) => other.value - one.value) : all;
  return ordered.slice(0, MOST_BARS);
}
