import { useEffect, useRef, useState } from 'react';

interface CorrectionBoxProps {
  readonly output: string;
  readonly onCorrect: (output: string) => void;
  readonly onCancel: () => void;
}

/** Enter saves, shift and Enter begins a new line, Escape leaves. */
export function CorrectionBox({ output, onCorrect, onCancel }: CorrectionBoxProps) {
  const [text, setText] = useState(output);
  const box = useRef<HTMLTextAreaElement>(null);
  useEffect(() => box.current?.select(), []);
  return (
    <form
      className="correct"
      onSubmit={(event) => {
        event.preventDefault();
        onCorrect(text);
      }}
    >
      <textarea
        aria-label="Right output"
        ref={box}
        rows={output.length > 80 ? 8 : 2}
        value={text}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === 'Escape') onCancel();
          else if (event.key === 'Enter' && !event.shiftKey) {
            event.preventDefault();
            onCorrect(text);
          }
        }}
      />
      <div className="row">
        <button type="submit" className="good">
          Save <kbd>Enter</kbd>
        </button>
        <button type="button" className="quiet" onClick={onCancel}>
          Cancel <kbd>Esc</kbd>
        </button>
      </div>
    </form>
  );
}
