import { useCallback, useMemo, useState } from 'react';
import type { Markable } from '../../marks/mark-action.ts';

export interface Selection {
  readonly rows: ReadonlyMap<string, Markable>;
  toggle(row: Markable): void;
  /** Adds all of them. */
  add(rows: readonly Markable[]): void;
  clear(): void;
}

const NONE: ReadonlyMap<string, Markable> = new Map();

export function useSelection(): Selection {
  const [rows, setRows] = useState(NONE);
  const toggle = useCallback((row: Markable) => setRows((before) => toggled(before, row)), []);
  const add = useCallback(
    (more: readonly Markable[]) =>
      setRows((before) => new Map([...before, ...more.map((row) => [row.trace_id, row] as const)])),
    [],
  );
  const clear = useCallback(() => setRows(NONE), []);
  return useMemo(() => ({ rows, toggle, add, clear }), [rows, toggle, add, clear]);
}

function toggled(before: ReadonlyMap<string, Markable>, row: Markable): ReadonlyMap<string, Markable> {
  const after = new Map(before);
  if (!after.delete(row.trace_id)) after.set(row.trace_id, row);
  return after;
}
