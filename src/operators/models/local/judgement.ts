import { dot } from '../vectors.ts';
import { classifier, type Correction, type MarkedText } from './classifier.ts';
import { type ConceptSpace, conceptSpace, type EmbedAll } from './concept-space.ts';
import { type Concept, readConcepts } from './concepts.ts';
import { type CriterionAxis, criterionAxis } from './criterion-axis.ts';
import { distinctWords } from './distinct-words.ts';
import { logistic } from './kernel-logistic.ts';
import { labelClassifier, type LabelOdds } from './label-classifier.ts';
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
const REMEMBERED = 256;

/**
 * Probabilities from embeddings: from the criterion and its concepts, corrected by examples. The same question with the same
 * examples has the same answer.
 */
export class Judgement {
  readonly #axes = new RecentValues<CriterionAxis>(REMEMBERED);
  readonly #corrections = new RecentValues<Correction>(REMEMBERED);
  readonly #labelOdds = new RecentValues<LabelOdds>(REMEMBERED);
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
    const odds = await this.#odds(criterion, marks);
    return async (text) => logistic(await odds(text));
  }

  /** The likeliest of the labels, the first of equals. `labels` is not empty. */
  async label(
    { text, criterion }: Question,
    labels: readonly string[],
    examples: readonly LabeledExample[],
  ): Promise<LabelChoice> {
    // What is none of the labels says nothing about which of them it is.
    const marks = examples.filter(({ label }) => labels.includes(label));
    const known = { text, vector: await this.vectorOf(text), words: distinctWords(text) };
    const priors = await this.#labelPriors(labels, text);
    const key = JSON.stringify([labels, criterion, marks]);
    const odds = await this.#labelOdds.get(key, () => this.#learnLabels(labels, criterion, marks));
    return likeliest(labels, odds({ ...known, priors }));
  }

  #labelPriors(labels: readonly string[], text: string): Promise<readonly number[]> {
    return Promise.all(labels.map((label) => this.#prior(label.replaceAll(/[_-]+/g, ' '), text)));
  }

  async #learnLabels(
    labels: readonly string[],
    criterion: string | null,
    marks: readonly LabeledExample[],
  ): Promise<LabelOdds> {
    const marked = await Promise.all(
      marks.map(async ({ text, label, confidence, criterion: of }) => ({
        vector: await this.vectorOf(text),
        words: distinctWords(text),
        priors: await this.#labelPriors(labels, text),
        label: labels.indexOf(label),
        weight: confidence * (await this.#kinship(criterion, of)),
      })),
    );
    const { center } = await this.#placed();
    return labelClassifier(
      marked.filter(({ weight }) => weight > 0),
      center,
    );
  }

  /** Log odds that a text meets the criterion, by it and by its examples. */
  async #odds(criterion: string | null, marks: readonly Mark[]): Promise<(text: string) => Promise<number>> {
    if (marks.length === 0) return (text) => this.#prior(criterion, text);
    const key = JSON.stringify([criterion, marks]);
    const correction = await this.#corrections.get(key, () => this.#learn(criterion, marks));
    return async (text) => {
      const [vector, prior] = await Promise.all([this.vectorOf(text), this.#prior(criterion, text)]);
      return prior + correction({ vector, words: distinctWords(text), prior });
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

  async #learn(criterion: string | null, marks: readonly Mark[]): Promise<Correction> {
    const marked = await Promise.all(marks.map((mark) => this.#marked(mark, criterion)));
    const { center } = await this.#placed();
    const kindred = marked.filter(({ weight }) => weight > 0);
    return classifier(kindred, center);
  }

  async #marked(mark: Mark, criterion: string | null): Promise<MarkedText> {
    const [vector, prior, kinship] = await Promise.all([
      this.vectorOf(mark.text),
      this.#prior(criterion, mark.text),
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
