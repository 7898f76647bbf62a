import { useCallback, useEffect, useRef, useState } from 'react';

/** State that changes at most once in so many milliseconds: to the last value that was set. */
export function useThrottled<T>(initial: T, milliseconds: number): readonly [T, (value: T) => void] {
  const [value, setValue] = useState(initial);
  const latest = useRef(initial);
  const timer = useRef<ReturnType<typeof setTimeout> | null>(null);
  useEffect(() => () => clearTimeout(timer.current ?? undefined), []);
  const set = useCallback(
    (next: T) => {
      latest.current = next;
      timer.current ??= setTimeout(() => {
        timer.current = null;
        setValue(latest.current);
      }, milliseconds);
    },
    [milliseconds],
  );
  return [value, set];
}
