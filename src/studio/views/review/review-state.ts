/** What was decided about a row. */
export type Verdict = 'accepted' | 'rejected' | 'corrected' | 'skipped';

export interface ReviewState {
  /** Index of the row on the table; one past the last when all are done. */
  readonly at: number;
  /** By index, in the order of the rows. */
  readonly verdicts: readonly Verdict[];
  /** Whether a correction is being written. */
  readonly correcting: boolean;
  readonly startedAt: number;
  readonly endedAt: number | null;
}

export type ReviewStep =
  | { readonly type: 'decide'; readonly verdict: Verdict; readonly rows: number; readonly now: number }
  | { readonly type: 'back' }
  | { readonly type: 'correct'; readonly on: boolean };

export function beginReview(now: number): ReviewState {
  return { at: 0, verdicts: [], correcting: false, startedAt: now, endedAt: null };
}

export function reviewStep(state: ReviewState, step: ReviewStep): ReviewState {
  switch (step.type) {
    case 'decide': {
      if (state.at >= step.rows) return state;
      const at = state.at + 1;
      return {
        ...state,
        at,
        verdicts: [...state.verdicts, step.verdict],
        correcting: false,
        endedAt: at === step.rows ? step.now : null,
      };
    }
    case 'back':
      if (state.at === 0) return state;
      return {
        ...state,
        at: state.at - 1,
        verdicts: state.verdicts.slice(0, -1),
        correcting: false,
        endedAt: null,
      };
    case 'correct':
      return { ...state, correcting: step.on && state.endedAt === null };
  }
}
