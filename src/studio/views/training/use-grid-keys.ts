import { useState } from 'react';
import type { KeyboardEvent } from 'react';
import type { ExampleRow } from '../../../server/http/schemas/examples.ts';
import { accept, change, reject } from '../../marks/mark-action.ts';
import type { MarkAction, Markable } from '../../marks/mark-action.ts';
import { useMarks } from '../../marks/marks-context.ts';
import type { Selection } from './use-selection.ts';

interface GridKeysOptions {
  readonly rowAt: (index: number) => ExampleRow | undefined;
  readonly total: number;
  readonly selection: Selection;
  readonly onOpen: (traceId: string | null) => void;
  readonly onMove: (index: number) => void;
}

export interface GridKeys {
  /** Index of the row that keys act on; -1 before the first key. */
  readonly current: number;
  setCurrent(index: number): void;
  onKeyDown(event: KeyboardEvent): void;
}

const PAGE = 15;
const STEPS: Readonly<Record<string, number>> = {
  ArrowDown: 1,
  j: 1,
  ArrowUp: -1,
  k: -1,
  PageDown: PAGE,
  PageUp: -PAGE,
  Home: -Infinity,
  End: Infinity,
};

const MARKS: Readonly<Record<string, (rows: readonly Markable[]) => MarkAction>> = {
  a: accept,
  x: reject,
  t: (rows) => change('Marked trainable', rows, { trainable: true }),
  v: (rows) => change('Verified', rows, { verified: true }),
};

/**
 * Arrows, j and k move (with shift they select what they leave), space selects, a accepts, x rejects, t and v mark
 * (the selected rows, or the current one and on to the next), Enter opens, Escape closes.
 */
export function useGridKeys({ rowAt, total, selection, onOpen, onMove }: GridKeysOptions): GridKeys {
  const { act } = useMarks();
  const [current, setCurrent] = useState(-1);

  function move(step: number): void {
    const index = Math.min(total - 1, Math.max(0, current + step));
    setCurrent(index);
    onMove(index);
  }
  function mark(make: (rows: readonly Markable[]) => MarkAction): void {
    const row = rowAt(current);
    const rows = selection.rows.size > 0 ? [...selection.rows.values()] : row === undefined ? [] : [row];
    if (rows.length === 0) return;
    void act(make(rows));
    if (selection.rows.size > 0) selection.clear();
    else move(1);
  }
  function take(event: KeyboardEvent): boolean {
    const step = STEPS[event.key];
    const make = MARKS[event.key];
    const row = rowAt(current);
    if (step !== undefined) {
      if (event.shiftKey && row !== undefined) selection.add([row]);
      move(step);
    } else if (make !== undefined) mark(make);
    else if (event.key === ' ' && row !== undefined) selection.toggle(row);
    else if (event.key === 'Enter' && row !== undefined) onOpen(row.trace_id);
    else if (event.key === 'Escape') onOpen(null);
    else return false;
    return true;
  }
  return {
    current,
    setCurrent,
    onKeyDown(event) {
      if (event.ctrlKey || event.metaKey || event.altKey || isInput(event.target)) return;
      if (take(event)) event.preventDefault();
    },
  };
}

function isInput(target: EventTarget): boolean {
  return target instanceof HTMLInputElement && target.type !== 'checkbox';
}
