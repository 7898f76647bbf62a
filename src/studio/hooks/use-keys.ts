import { useEffect, useRef } from 'react';

export type KeyMap = Readonly<Record<string, (event: KeyboardEvent) => void>>;

/** Keys of a view, by `event.key`; not while somebody writes, holds a modifier or has a dialog open. */
export function useKeys(keys: KeyMap, enabled = true): void {
  const latest = useRef(keys);
  useEffect(() => {
    latest.current = keys;
  });
  useEffect(() => {
    if (!enabled) return undefined;
    const listen = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || isWriting(event.target)) return;
      const action = latest.current[event.key];
      if (action === undefined) return;
      event.preventDefault();
      action(event);
    };
    window.addEventListener('keydown', listen);
    return () => window.removeEventListener('keydown', listen);
  }, [enabled]);
}

export function isWriting(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target.closest('[role="dialog"], [contenteditable="true"]') !== null) return true;
  return ['INPUT', 'TEXTAREA', 'SELECT'].includes(target.tagName) && !isToggle(target);
}

function isToggle(target: HTMLElement): boolean {
  return target instanceof HTMLInputElement && ['checkbox', 'radio', 'button'].includes(target.type);
}
