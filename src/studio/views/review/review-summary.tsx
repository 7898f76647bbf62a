import { Tile } from '../../components/tile.tsx';
import { milliseconds, plural } from '../../text/numbers.ts';
import type { ReviewState, Verdict } from './review-state.ts';

interface ReviewSummaryProps {
  readonly state: ReviewState;
  readonly onNext: () => void;
  readonly onBack: () => void;
}

const VERDICTS: readonly Verdict[] = ['accepted', 'corrected', 'rejected', 'skipped'];

/** What a sitting came to. */
export function ReviewSummary({ state, onNext, onBack }: ReviewSummaryProps) {
  const { verdicts, startedAt, endedAt } = state;
  const time = (endedAt ?? startedAt) - startedAt;
  const judged = verdicts.filter((verdict) => verdict !== 'skipped');
  const right = judged.filter((verdict) => verdict === 'accepted').length;
  return (
    <section className="card" aria-label="Summary">
      <h2>{plural(verdicts.length, 'call')} reviewed</h2>
      <dl className="tiles">
        {VERDICTS.map((verdict) => (
          <Tile
            key={verdict}
            name={`${verdict.charAt(0).toUpperCase()}${verdict.slice(1)}`}
            value={String(verdicts.filter((one) => one === verdict).length)}
          />
        ))}
        <Tile
          name="Time"
          value={milliseconds(time)}
          note={`${milliseconds(time / verdicts.length)} a call`}
        />
      </dl>
      {judged.length > 0 && (
        <p>
          The model was right in {right} of {judged.length} judged calls. They were not drawn at random: the
          hard ones come first.
        </p>
      )}
      <div className="row">
        <button type="button" className="main" onClick={onNext}>
          Next <kbd>Enter</kbd>
        </button>
        <button type="button" className="quiet" onClick={onBack}>
          Back <kbd>⌫</kbd>
        </button>
      </div>
    </section>
  );
}
