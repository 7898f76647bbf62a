import { useEffect, useState } from 'react';
import { useMarks } from '../marks/marks-context.ts';

const SHOWN_MS = 4_000;

/** What became of the last action, for eyes and for screen readers. A failure stays until the next action. */
export function MessageLine() {
  const { message } = useMarks();
  const [gone, setGone] = useState(0);
  useEffect(() => {
    if (message?.kind !== 'done') return undefined;
    const timer = setTimeout(() => setGone(message.id), SHOWN_MS);
    return () => clearTimeout(timer);
  }, [message]);
  const shown = message === null || message.id === gone ? null : message;
  return (
    <div className="message-line" role="status" data-kind={shown?.kind}>
      {shown?.text}
    </div>
  );
}
