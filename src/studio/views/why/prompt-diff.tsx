import { useMemo } from 'react';
import type { Message } from '../../../server/http/schemas/explain.ts';
import { lineDiff } from '../../text/line-diff.ts';
import type { DiffLine } from '../../text/line-diff.ts';

interface PromptDiffProps {
  readonly without: readonly Message[];
  readonly having: readonly Message[];
}

/** Both prompts side by side, what only one of them has marked. */
export function PromptDiff({ without, having }: PromptDiffProps) {
  const lines = useMemo(() => lineDiff(textOf(without), textOf(having)), [without, having]);
  return (
    <div className="diff">
      <Side name="Without examples" lines={lines} hidden="added" />
      <Side name="With examples" lines={lines} hidden="removed" />
    </div>
  );
}

interface SideProps {
  readonly name: string;
  readonly lines: readonly DiffLine[];
  readonly hidden: DiffLine['kind'];
}

function Side({ name, lines, hidden }: SideProps) {
  return (
    <section aria-label={name}>
      <h3>{name}</h3>
      <pre className="prompt" tabIndex={0}>
        {lines.map(({ kind, text }, at) => (
          // A line has no name but its place, and places never change within one diff.
          <span key={at} className="diff-line" data-kind={kind === hidden ? 'gap' : kind}>
            {kind === hidden ? ' ' : text || ' '}
          </span>
        ))}
      </pre>
    </section>
  );
}

function textOf(messages: readonly Message[]): string {
  return messages.map(({ role, content }) => `[${role}]\n${content}`).join('\n\n');
}
