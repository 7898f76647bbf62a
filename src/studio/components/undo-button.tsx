import { useMarks } from '../marks/marks-context.ts';

export function UndoButton() {
  const { undo, undoable } = useMarks();
  const [last] = undoable;
  if (last === undefined) return null;
  return (
    <button type="button" className="quiet" onClick={() => void undo()} title={`${last.label} (Ctrl+Z)`}>
      Undo <span className="count">{undoable.length}</span>
    </button>
  );
}
