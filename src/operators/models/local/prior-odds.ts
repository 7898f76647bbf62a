import { isZero } from './is-zero.ts';
import { type CriterionAxis, standing } from './criterion-axis.ts';

/**
 * What turns a standing into log odds. Fitted by logistic regression, in equal parts, to the phrases of
 * test/local/fixtures/criteria.tsv and unforeseen-criteria.tsv and to the texts named in docs/adr/0018-odds-and-examples.md.
 */
interface Calibration {
  readonly evenAt: number;
  readonly steepness: number;
}

/** For criteria that the concepts cover wholly, and for those that they do not cover at all. */
const COVERED: Calibration = { evenAt: 0.11, steepness: 2.1 };
const BARE: Calibration = { evenAt: 2.3, steepness: 1.6 };

/** Log odds that no comparison of vectors reaches, however clear it is: examples can always overrule it. */
const LIMIT = 4;
/** Log odds of a text without a known word: it gives nothing to go by, so it does not meet the criterion. */
const NOTHING_KNOWN = -0.4;

/** Log odds that a cue alone gives: nine times out of ten it is right. */
const BY_CUE = 2.2;

/** Log odds that the text, of this vector, meets the criterion, before any example. */
export function priorOdds(axis: CriterionAxis, text: string, vector: Float32Array): number {
  const odds = oddsByMeaning(axis, vector);
  if (axis.cue === null) return odds;
  return between(odds, axis.cue(text) ? BY_CUE : -BY_CUE, axis.coverage);
}

function oddsByMeaning(axis: CriterionAxis, text: Float32Array): number {
  if (isZero(text)) return NOTHING_KNOWN;
  const evenAt = between(BARE.evenAt, COVERED.evenAt, axis.coverage);
  const steepness = between(BARE.steepness, COVERED.steepness, axis.coverage);
  const odds = steepness * (standing(axis, text) - evenAt);
  return odds / Math.hypot(1, odds / LIMIT);
}

function between(from: number, to: number, share: number): number {
  return from + share * (to - from);
}
