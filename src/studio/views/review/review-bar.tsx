interface ReviewBarProps {
  readonly done: number;
  readonly rows: number;
  readonly onHelp: () => void;
}

export function ReviewBar({ done, rows, onHelp }: ReviewBarProps) {
  return (
    <div className="review-bar">
      <progress value={done} max={rows} aria-label="Reviewed" />
      <span>
        {done} of {rows}
      </span>
      <button type="button" className="quiet" onClick={onHelp} aria-label="Keys">
        <kbd>?</kbd> Keys
      </button>
    </div>
  );
}
