import { useReducer, useState } from 'react';
import type { QueuedExample } from '../../../server/http/schemas/queue.ts';
import { KeyHelp } from '../../components/key-help.tsx';
import { useKeys } from '../../hooks/use-keys.ts';
import type { KeyMap } from '../../hooks/use-keys.ts';
import { accept, correct, reject } from '../../marks/mark-action.ts';
import type { MarkAction } from '../../marks/mark-action.ts';
import { useMarks } from '../../marks/marks-context.ts';
import { ReviewBar } from './review-bar.tsx';
import { ReviewCard } from './review-card.tsx';
import { ReviewSummary } from './review-summary.tsx';
import { beginReview, reviewStep } from './review-state.ts';
import type { Verdict } from './review-state.ts';
import { useLabels } from './use-labels.ts';

interface ReviewBatchProps {
  readonly rows: readonly QueuedExample[];
  readonly onNext: () => void;
}

const KEYS = [
  ['a', 'Accept: the output is right'],
  ['x', 'Reject: the output is wrong'],
  ['c', 'Correct: write the right output'],
  ['1 … 9', 'The right output is this label'],
  ['space', 'Skip'],
  ['backspace', 'Undo and go back'],
  ['Enter', 'Next fifty, at the end'],
  ['?', 'These keys'],
] as const;

export function ReviewBatch({ rows, onNext }: ReviewBatchProps) {
  const { act, undo } = useMarks();
  const [state, dispatch] = useReducer(reviewStep, Date.now(), beginReview);
  const [help, setHelp] = useState(false);
  const row = rows[state.at];
  const labels = useLabels(row);

  function decide(verdict: Verdict, action: MarkAction | null): void {
    dispatch({ type: 'decide', verdict, rows: rows.length, now: Date.now() });
    if (action !== null) void act(action);
  }
  function back(): void {
    const last = state.verdicts.at(-1);
    if (last === undefined) return;
    dispatch({ type: 'back' });
    if (last !== 'skipped') void undo();
  }
  function label(output: string): void {
    if (row === undefined) return;
    decide(row.output === output ? 'accepted' : 'corrected', correct([row], output));
  }
  const steps = {
    accept: () => row !== undefined && decide('accepted', accept([row])),
    reject: () => row !== undefined && decide('rejected', reject([row])),
    correct: () => dispatch({ type: 'correct', on: true }),
    skip: () => decide('skipped', null),
    back,
  };
  const keys: KeyMap = {
    a: steps.accept,
    x: steps.reject,
    c: steps.correct,
    ' ': steps.skip,
    Backspace: back,
    '?': () => setHelp(true),
    ...Object.fromEntries(labels.map((text, at) => [String(at + 1), () => label(text)])),
    ...(row === undefined ? { Enter: onNext } : {}),
  };
  useKeys(keys, !help);

  return (
    <div className="review">
      <ReviewBar done={state.at} rows={rows.length} onHelp={() => setHelp(true)} />
      {row === undefined ? (
        <ReviewSummary state={state} onNext={onNext} onBack={back} />
      ) : (
        <ReviewCard
          key={row.trace_id}
          row={row}
          labels={labels}
          correcting={state.correcting}
          steps={steps}
          onLabel={label}
          onCancel={() => dispatch({ type: 'correct', on: false })}
        />
      )}
      {help && <KeyHelp keys={KEYS} onClose={() => setHelp(false)} />}
    </div>
  );
}
