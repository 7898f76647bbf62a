import { dot } from '../vectors.ts';
import { classifier, type Correction, type MarkedText } from './classifier.ts';
import { type ConceptSpace, conceptSpace, type EmbedAll } from './concept-space.ts';
import { type Concept, readConcepts } from './concepts.ts';
import { type CriterionAxis, criterionAxis } from './criterion-axis.ts';
import { distinctWords } from './distinct-words.ts';
import { logistic } from './kernel-logistic.ts';
import { likeliest, type LabelChoice } from './likeliest.ts';
import { stance } from './negation.ts';
import { priorOdds } from './prior-odds.ts';
import { RecentValues } from './recent-values.ts';

export interface Question {
  readonly text: string;
  /** null where the cascade has no criterion: then only examples tell. */
  readonly criterion: string | null;
}

export interface JudgedExample extends Question {
  /** 0..1: how much it counts. */
  readonly confidence: number;
}

export interface GradedExample extends JudgedExample {
  /** 0..1: no..yes for a boolean, the score itself for a score. */
  readonly grade: number;
}

export interface LabeledExample extends JudgedExample {
  readonly label: string;
}

/** A unit vector, the zero vector for a text without a known word. */
export type VectorOf = (text: string) => Promise<Float32Array>;

/** Probability that a text meets the criterion it was made for. */
export type Grader = (text: string) => Promise<number>;

/** Criteria closer than this share their examples, in part. */
const KINDRED = 0.7;
/** Prior variance of what all texts of a label share: small, as a label without an example is not unlikely. */
const LABEL_BIAS = 0.25;
const REMEMBERED = 256;

/**
 * Probabilities from embeddings: from the criterion and its concepts, corrected by examples. The same question with the same
 * examples has the same answer.
 */
export class Judgement {
  readonly #axes = new RecentValues<CriterionAxis>(REMEMBERED);
  readonly #corrections = new RecentValues<Correction>(REMEMBERED);
  readonly #spaces = new RecentValues<ConceptSpace>(1);

  constructor(
    readonly vectorOf: VectorOf,
    readonly embedAll: EmbedAll,
    readonly concepts: () => Promise<readonly Concept[]> = readConcepts,
  ) {}

  /** Probability that the text meets the criterion. */
  async grade({ text, criterion }: Question, examples: readonly GradedExample[]): Promise<number> {
    return (await this.grader(criterion, examples))(text);
  }

  /** The same for many texts: learns from the examples once. */
  async grader(criterion: string | null, examples: readonly GradedExample[]): Promise<Grader> {
    const marks = examples.map((example) => ({ ...example, target: example.grade }));
    const odds = await this.#odds(criterion, criterion, marks);
    return async (text) => logistic(await odds(text));
  }

  /** The likeliest of the labels, the first of equals. `labels` is not empty. */
  async label(
    { text, criterion }: Question,
    labels: readonly string[],
    examples: readonly LabeledExample[],
  ): Promise<LabelChoice> {
    const odds = labels.map(async (label) => {
      const marks = examples.map((example) => ({ ...example, target: example.label === label ? 1 : 0 }));
      return (await this.#odds(label.replaceAll(/[_-]+/g, ' '), criterion, marks, LABEL_BIAS))(text);
    });
    return likeliest(labels, await Promise.all(odds));
  }

  /** Log odds that a text has the meaning, by the examples of a criterion. */
  async #odds(
    meaning: string | null,
    criterion: string | null,
    marks: readonly Mark[],
    bias?: number,
  ): Promise<(text: string) => Promise<number>> {
    if (marks.length === 0) return (text) => this.#prior(meaning, text);
    const key = JSON.stringify([meaning, criterion, marks]);
    const correction = await this.#corrections.get(key, () => this.#learn(meaning, criterion, marks, bias));
    return async (text) => {
      const [vector, prior] = await Promise.all([this.vectorOf(text), this.#prior(meaning, text)]);
      return prior + correction({ vector, words: distinctWords(text) });
    };
  }

  async #prior(meaning: string | null, text: string): Promise<number> {
    if (meaning === null) return 0;
    const { criterion, sign } = stance(meaning);
    const axis = this.#axes.get(criterion, () => this.#axis(criterion));
    const vector = this.vectorOf(text);
    return sign * priorOdds(await axis, text, await vector);
  }

  async #axis(criterion: string): Promise<CriterionAxis> {
    return criterionAxis(...(await Promise.all([this.#placed(), this.vectorOf(criterion)])));
  }

  async #learn(
    meaning: string | null,
    criterion: string | null,
    marks: readonly Mark[],
    bias?: number,
  ): Promise<Correction> {
    const marked = await Promise.all(marks.map((mark) => this.#marked(mark, meaning, criterion)));
    const { center } = await this.#placed();
    const kindred = marked.filter(({ weight }) => weight > 0);
    return classifier(kindred, center, bias);
  }

  async #marked(mark: Mark, meaning: string | null, criterion: string | null): Promise<MarkedText> {
    const [vector, prior, kinship] = await Promise.all([
      this.vectorOf(mark.text),
      this.#prior(meaning, mark.text),
      this.#kinship(criterion, mark.criterion),
    ]);
    return {
      vector,
      words: distinctWords(mark.text),
      target: mark.target,
      weight: mark.confidence * kinship,
      prior,
    };
  }

  /** 0..1: how much an example of one criterion says about another. */
  async #kinship(one: string | null, other: string | null): Promise<number> {
    if (one === null || other === null || one === other) return 1;
    const [a, b] = await Promise.all([this.vectorOf(one), this.vectorOf(other)]);
    const opposed = stance(one).sign !== stance(other).sign;
    return opposed ? 0 : Math.max(0, (dot(a, b) - KINDRED) / (1 - KINDRED)) ** 2;
  }

  #placed(): Promise<ConceptSpace> {
    return this.#spaces.get('', () => this.#place());
  }

  async #place(): Promise<ConceptSpace> {
    return conceptSpace(await this.concepts(), this.embedAll);
  }
}

interface Mark extends JudgedExample {
  readonly target: number;
}
