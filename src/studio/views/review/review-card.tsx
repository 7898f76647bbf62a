import type { ReactNode } from 'react';
import { Link } from 'wouter';
import type { QueuedExample, QueueReason } from '../../../server/http/schemas/queue.ts';
import { InputList } from '../../components/input-list.tsx';
import { Output } from '../../components/output.tsx';
import { percent } from '../../text/numbers.ts';
import { CorrectionBox } from './correction-box.tsx';
import { useSwipe } from './use-swipe.ts';

export interface ReviewSteps {
  accept(): unknown;
  reject(): unknown;
  correct(): unknown;
  skip(): unknown;
  back(): unknown;
}

interface ReviewCardProps {
  readonly row: QueuedExample;
  /** By their digits, from 1. */
  readonly labels: readonly string[];
  readonly correcting: boolean;
  readonly steps: ReviewSteps;
  readonly onLabel: (output: string) => void;
  readonly onCancel: () => void;
}

const REASONS: Readonly<Record<QueueReason, string>> = {
  contradicts: 'It contradicts its nearest marked neighbour',
  uncertain: 'The model was unsure',
  unlike: 'Nothing marked is like it',
  sample: 'Drawn by chance',
};

/** The call on the table. On touch: right accepts, left rejects. */
export function ReviewCard({ row, labels, correcting, steps, onLabel, onCancel }: ReviewCardProps) {
  const swipe = useSwipe({ right: steps.accept, left: steps.reject });
  return (
    <article
      className="card"
      aria-label="Call to review"
      {...swipe.handlers}
      style={swipe.style}
      data-lean={swipe.lean}
    >
      <p className="facts">
        <span>
          {row.cascade_id}.{row.cell_name}
        </span>
        <span>{row.model}</span>
        {row.probability !== null && <span>probability {percent(row.probability)}</span>}
        <span className="tag">{REASONS[row.reason]}</span>
      </p>
      <InputList inputs={row.inputs} />
      <p className="verdict-line">
        <span className="faint">The model answered</span> <Output output={row.output} />
      </p>
      {correcting ? (
        <CorrectionBox output={row.output} onCorrect={onLabel} onCancel={onCancel} />
      ) : (
        <Buttons row={row} labels={labels} steps={steps} onLabel={onLabel} />
      )}
      <p>
        <Link href={`/why/${encodeURIComponent(row.trace_id)}`}>Why this answer</Link>
      </p>
    </article>
  );
}

function Buttons({
  row,
  labels,
  steps,
  onLabel,
}: Pick<ReviewCardProps, 'row' | 'labels' | 'steps' | 'onLabel'>) {
  return (
    <div className="review-buttons">
      <Step name="Accept" hint="a" className="good" onClick={steps.accept} />
      <Step name="Reject" hint="x" className="bad" onClick={steps.reject} />
      <Step name="Correct" hint="c" onClick={steps.correct} />
      <Step name="Skip" hint="space" onClick={steps.skip} />
      <Step name="Back" hint="⌫" onClick={steps.back} />
      {labels.length > 0 && (
        <div className="label-buttons" role="group" aria-label="The right output is">
          {labels.map((label, at) => (
            <Step
              key={label}
              name={<Output output={label} />}
              hint={String(at + 1)}
              className={label === row.output ? 'chosen' : 'quiet'}
              onClick={() => onLabel(label)}
            />
          ))}
        </div>
      )}
    </div>
  );
}

interface StepProps {
  readonly name: ReactNode;
  readonly hint: string;
  readonly className?: string;
  readonly onClick: () => unknown;
}

/** Keys go to the view, not to the button that was clicked last: space would press it. */
function Step({ name, hint, className, onClick }: StepProps) {
  return (
    <button
      type="button"
      className={className}
      onClick={(event) => {
        event.currentTarget.blur();
        onClick();
      }}
    >
      {name} <kbd>{hint}</kbd>
    </button>
  );
}
