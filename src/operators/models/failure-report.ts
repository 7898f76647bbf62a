import { SqlError } from '../../errors.ts';
import type { ModelFailure } from './model-failure.ts';
import type { AttemptsFailed } from './retry-policy.ts';

export interface CallTarget {
  /** Without credentials. */
  readonly endpoint: string;
  readonly model: string;
  /** Where people name the model. */
  readonly setting?: 'RVBBIT_MODEL' | 'RVBBIT_EMBEDDER';
}

/** What people read when a model call has failed for good. */
export function failureReport(failed: AttemptsFailed, target: CallTarget): SqlError {
  const { last } = failed;
  const decided = last.kind === 'status' ? refusal(last, target) : undefined;
  return decided ?? exhausted(failed, target);
}

function exhausted(
  failed: AttemptsFailed,
  { endpoint, model, setting = 'RVBBIT_MODEL' }: CallTarget,
): SqlError {
  const attempts = failed.attempts === 1 ? '1 attempt' : `${failed.attempts} attempts`;
  const fields = { cause: failed.first, ...lastDetail(failed) };
  if (failed.first.status === 429) {
    return new SqlError(
      '53400',
      `${endpoint} limits the rate: ${attempts}, first cause: ${failed.first.message}`,
      {
        ...fields,
        hint: 'Lower RVBBIT_CONCURRENCY, or raise the limits or the credit of the account.',
      },
    );
  }
  return new SqlError(
    '08006',
    `no answer from ${endpoint}: ${attempts}, first cause: ${failed.first.message}`,
    {
      ...fields,
      hint: `Check OPENAI_BASE_URL and that the endpoint serves "${model}", or choose another model by ${setting}.`,
    },
  );
}

function lastDetail(failed: AttemptsFailed): { detail?: string } {
  return failed.last.message === failed.first.message ? {} : { detail: `Last cause: ${failed.last.message}` };
}

/** An answer that says the request itself is at fault; undefined where another attempt might have ended well. */
function refusal(
  failure: ModelFailure,
  { endpoint, model, setting = 'RVBBIT_MODEL' }: CallTarget,
): SqlError | undefined {
  const cause = { cause: failure };
  switch (failure.status) {
    case 401:
    case 403:
      return new SqlError('28000', `${endpoint} refused the credentials (${failure.message})`, {
        ...cause,
        hint: `Set OPENAI_API_KEY to a key that may use this model, or ${setting}=local to go without one.`,
      });
    case 404:
      return new SqlError('42704', `${endpoint} knows no model "${model}" (${failure.message})`, {
        ...cause,
        hint: `Name a model of the endpoint in ${setting}${setting === 'RVBBIT_MODEL' ? ' or in the cell' : ''}, and check the path of OPENAI_BASE_URL.`,
      });
    case 408:
    case 409:
    case 429:
      return undefined;
    default:
      return (failure.status ?? 500) >= 500 ? undefined : rejected(failure, endpoint);
  }
}

function rejected(failure: ModelFailure, endpoint: string): SqlError {
  if (failure.reason === 'context_length_exceeded') {
    return new SqlError('54000', `the prompt is too long for the model (${failure.message})`, {
      cause: failure,
      hint: 'Shorten the text, lower training_limit, or choose a model with a larger context.',
    });
  }
  return new SqlError('38000', `${endpoint} rejected the request (${failure.message})`, { cause: failure });
}
