import { useMemo, useState } from 'react';
import type { Message } from '../../../server/http/schemas/explain.ts';
import { foldedDiff } from '../../text/folded-diff.ts';
import type { DiffPart } from '../../text/folded-diff.ts';
import { lineDiff } from '../../text/line-diff.ts';
import type { DiffLine } from '../../text/line-diff.ts';

interface PromptDiffProps {
  readonly without: readonly Message[];
  readonly having: readonly Message[];
}

/** Both prompts side by side: what only one of them has is marked, what is the same for long is folded. */
export function PromptDiff({ without, having }: PromptDiffProps) {
  const lines = useMemo(() => lineDiff(textOf(without), textOf(having)), [without, having]);
  const [whole, setWhole] = useState(false);
  const parts = useMemo(() => (whole ? [{ fold: 0, lines }] : foldedDiff(lines)), [lines, whole]);
  return (
    <div className="diff">
      <Side name="Without examples" parts={parts} hidden="added" onUnfold={() => setWhole(true)} />
      <Side name="With examples" parts={parts} hidden="removed" onUnfold={() => setWhole(true)} />
    </div>
  );
}

interface SideProps {
  readonly name: string;
  readonly parts: readonly DiffPart[];
  readonly hidden: DiffLine['kind'];
  readonly onUnfold: () => void;
}

function Side({ name, parts, hidden, onUnfold }: SideProps) {
  return (
    <section aria-label={name}>
      <h3>{name}</h3>
      <pre className="prompt" tabIndex={0}>
        {parts.map(({ fold, lines }, part) =>
          fold > 0 ? (
            <button key={part} type="button" className="diff-fold" onClick={onUnfold}>
              … {fold} equal lines
            </button>
          ) : (
            lines.map(({ kind, text }, at) => (
              // A line has no name but its place, and places never change within one diff.
              <span key={`${part}/${at}`} className="diff-line" data-kind={kind === hidden ? 'gap' : kind}>
                {kind === hidden ? ' ' : text || ' '}
              </span>
            ))
          ),
        )}
      </pre>
    </section>
  );
}

function textOf(messages: readonly Message[]): string {
  return messages.map(({ role, content }) => `[${role}]\n${content}`).join('\n\n');
}
