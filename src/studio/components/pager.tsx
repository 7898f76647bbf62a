import { whole } from '../text/numbers.ts';

interface PagerProps {
  readonly total: number;
  readonly offset: number;
  readonly rows: number;
  readonly onMove: (offset: number) => void;
}

export function Pager({ total, offset, rows, onMove }: PagerProps) {
  if (total <= rows && offset === 0) return null;
  return (
    <nav className="pager" aria-label="Pages">
      <button type="button" disabled={offset === 0} onClick={() => onMove(Math.max(0, offset - rows))}>
        Newer
      </button>
      <span>
        {whole(offset + 1)}–{whole(Math.min(total, offset + rows))} of {whole(total)}
      </span>
      <button type="button" disabled={offset + rows >= total} onClick={() => onMove(offset + rows)}>
        Older
      </button>
    </nav>
  );
}
