import { useCallback, useState } from 'react';

export type Theme = 'light' | 'dark' | 'system';

const KEY = 'rvbbit.theme';

export function storedTheme(): Theme {
  const stored = window.localStorage.getItem(KEY);
  return stored === 'light' || stored === 'dark' ? stored : 'system';
}

/** The stylesheet follows `data-theme`, and the system where there is none. */
export function applyTheme(theme: Theme): void {
  if (theme === 'system') delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = theme;
}

export function useTheme(): readonly [Theme, (theme: Theme) => void] {
  const [theme, setTheme] = useState(storedTheme);
  const choose = useCallback((next: Theme) => {
    window.localStorage.setItem(KEY, next);
    applyTheme(next);
    setTheme(next);
  }, []);
  return [theme, choose];
}
