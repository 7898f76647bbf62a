import { useTheme } from '../hooks/use-theme.ts';
import type { Theme } from '../hooks/use-theme.ts';

const NEXT: Readonly<Record<Theme, Theme>> = { system: 'light', light: 'dark', dark: 'system' };
const SIGNS: Readonly<Record<Theme, string>> = { system: '◐', light: '○', dark: '●' };

export function ThemeButton() {
  const [theme, choose] = useTheme();
  const label = `Theme: ${theme}. Change to ${NEXT[theme]}`;
  return (
    <button
      type="button"
      className="quiet"
      onClick={() => choose(NEXT[theme])}
      aria-label={label}
      title={label}
    >
      <span aria-hidden="true">{SIGNS[theme]}</span>
    </button>
  );
}
