import type { RunningStatement } from '../../server/http/schemas/calls.ts';
import { dollars, plural, whole } from '../text/numbers.ts';

/** How far a statement is with the answers that it knows to need. */
export function AnswerProgress({ statement }: { readonly statement: RunningStatement }) {
  const { answered, missing, failed, cost_usd, eta_seconds } = statement;
  const all = answered + missing;
  return (
    <span className="answer-progress">
      <progress value={answered} max={Math.max(all, 1)} aria-label="Answers" /> {whole(answered)} of{' '}
      {plural(all, 'answer')}, {dollars(cost_usd)}
      {eta_seconds !== null && `, about ${Math.ceil(eta_seconds)} s left`}
      {failed > 0 && <span className="bad-text">, {whole(failed)} failed</span>}
    </span>
  );
}
