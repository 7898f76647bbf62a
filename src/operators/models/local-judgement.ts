import { dot } from './vectors.ts';

/** An example as judgement sees it. */
export interface JudgedExample {
  readonly text: Float32Array;
  /** null where the cascade has no criterion. */
  readonly criterion: Float32Array | null;
}

export interface GradedExample extends JudgedExample {
  /** 0..1: no..yes for a boolean, the score itself for a score. */
  readonly grade: number;
}

export interface LabeledExample extends JudgedExample {
  readonly label: string;
}

export interface Subject {
  readonly text: Float32Array;
  readonly criterion: Float32Array | null;
}

/** Cosine at which a text and a criterion are as likely as not to belong together. */
const EVEN_COSINE = 0.35;
const STEEPNESS = 12;
/** Distance in cosine over which an example loses the factor e of its say. */
const REACH = 0.15;
/** How much the comparison without examples weighs, where an identical example weighs 1. */
const PRIOR_WEIGHT = 0.1;

/** Probability that the text meets the criterion, or its score: the cosine of the two, corrected by the examples. */
export function gradeOf(subject: Subject, examples: readonly GradedExample[]): number {
  const { text, criterion } = subject;
  const prior =
    criterion === null ? 0.5 : 1 / (1 + Math.exp(-STEEPNESS * (dot(text, criterion) - EVEN_COSINE)));
  let weights = PRIOR_WEIGHT;
  let sum = PRIOR_WEIGHT * prior;
  for (const example of examples) {
    const weight = weightOf(subject, example);
    weights += weight;
    sum += weight * example.grade;
  }
  return sum / weights;
}

export interface LabelChoice {
  readonly label: string;
  readonly probability: number;
}

/**
 * The likeliest label: those whose names are near the text, corrected by the labels of examples. The first of
 * equals wins. `labels` is not empty and `names` holds the vector of each.
 */
export function labelOf(
  subject: Subject,
  labels: readonly string[],
  names: readonly Float32Array[],
  examples: readonly LabeledExample[],
): LabelChoice {
  const likely = names.map((name) => Math.exp(STEEPNESS * dot(subject.text, name)));
  const total = likely.reduce((sum, value) => sum + value, 0);
  const votes = likely.map((value) => (PRIOR_WEIGHT * value) / total);
  for (const example of examples) {
    const at = labels.indexOf(example.label);
    if (at >= 0) votes[at] = (votes[at] as number) + weightOf(subject, example);
  }
  const all = votes.reduce((sum, vote) => sum + vote, 0);
  const best = votes.reduce((winner, vote, at) => (vote > (votes[winner] as number) ? at : winner), 0);
  return { label: labels[best] as string, probability: (votes[best] as number) / all };
}

/** The say of an example: less with the distance of its text, and with that of its criterion. */
function weightOf(subject: Subject, example: JudgedExample): number {
  const textNearness = nearness(subject.text, example.text);
  if (subject.criterion === null || example.criterion === null) return textNearness;
  return textNearness * nearness(subject.criterion, example.criterion);
}

function nearness(a: Float32Array, b: Float32Array): number {
  return Math.exp((dot(a, b) - 1) / REACH);
}
