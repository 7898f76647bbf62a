import type {
  GradedExample,
  LabeledExample,
  Question,
  VectorOf,
} from '../../src/operators/models/local/judgement.ts';
import type { LabelChoice } from '../../src/operators/models/local/likeliest.ts';
import { dot } from '../../src/operators/models/vectors.ts';

/** The plain way with embeddings, as a measure: cosine to the criterion, and votes of examples that fade with distance. */
export interface NearestVote {
  grade(question: Question, examples: readonly GradedExample[]): Promise<number>;
  label(
    question: Question,
    labels: readonly string[],
    examples: readonly LabeledExample[],
  ): Promise<LabelChoice>;
}

const EVEN_COSINE = 0.35;
const STEEPNESS = 12;
/** Distance in cosine over which an example loses the factor e of its vote. */
const REACH = 0.15;
const PRIOR_VOTE = 0.1;

export function nearestVote(vectorOf: VectorOf): NearestVote {
  const vote = async (a: string, b: string): Promise<number> =>
    Math.exp((dot(await vectorOf(a), await vectorOf(b)) - 1) / REACH);
  return {
    async grade({ text, criterion }, examples) {
      const cosine = dot(await vectorOf(text), await vectorOf(criterion ?? ''));
      let yes = PRIOR_VOTE / (1 + Math.exp(-STEEPNESS * (cosine - EVEN_COSINE)));
      let all = PRIOR_VOTE;
      for (const example of examples) {
        const weight = await vote(text, example.text);
        yes += weight * example.grade;
        all += weight;
      }
      return yes / all;
    },
    async label({ text }, labels, examples) {
      const votes = await Promise.all(
        labels.map(async (label) => {
          const cosine = dot(await vectorOf(text), await vectorOf(label.replaceAll('_', ' ')));
          return Math.exp(STEEPNESS * (cosine - 1));
        }),
      );
      const total = votes.reduce((sum, value) => sum + value, 0);
      const shares = votes.map((value) => (PRIOR_VOTE * value) / total);
      for (const example of examples) {
        const at = labels.indexOf(example.label);
        shares[at] = (shares[at] ?? 0) + (await vote(text, example.text));
      }
      const best = shares.indexOf(Math.max(...shares));
      return { label: labels[best] ?? '', probability: shares[best] ?? 0 };
    },
  };
}
