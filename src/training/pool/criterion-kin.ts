import { cosine } from '../embeddings/cosine.ts';
import { areOpposed } from '../embeddings/polarity.ts';
import { normalCriterion } from '../normal-criterion.ts';

/** Criteria nearer than this teach one another: `sustainable` and `eco-friendly` have 0.58 with the static embedder. */
export const KIN_FLOOR = 0.5;

/** Criteria remembered of rows; a statement has one, or a column of them. */
const MOST_REMEMBERED = 10_000;

export type EmbedTexts = (texts: readonly string[]) => Promise<readonly Float32Array[]>;

/** Which criteria of a pool's examples have something to say about the criterion of a row. */
export class CriterionKin {
  readonly #own: ReadonlyMap<string, Float32Array>;
  readonly #embed: EmbedTexts | null;
  readonly #kin = new Map<string, readonly string[]>();

  private constructor(own: ReadonlyMap<string, Float32Array>, embed: EmbedTexts | null) {
    this.#own = own;
    this.#embed = embed;
  }

  /** `criteria` are those of the examples, normalised. Without `embed` every criterion is of kin. */
  static async of(criteria: readonly string[], embed: EmbedTexts | null): Promise<CriterionKin> {
    const distinct = [...new Set(criteria)];
    const vectors = embed === null || distinct.length === 0 ? [] : await embed(distinct);
    const own = new Map(distinct.map((criterion, at) => [criterion, vectors[at] ?? new Float32Array()]));
    return new CriterionKin(own, embed);
  }

  /** To be awaited before `of` is asked about these. */
  async prepare(criteria: readonly unknown[]): Promise<void> {
    const unknown = [...new Set(criteria.map(normalCriterion))].filter((one) => !this.#kin.has(one));
    if (unknown.length === 0) return;
    if (this.#kin.size + unknown.length > MOST_REMEMBERED) this.#kin.clear();
    const lonely = this.#embed === null || this.#own.size === 0;
    const vectors = lonely ? [] : await this.#embed(unknown);
    for (const [at, criterion] of unknown.entries())
      this.#kin.set(criterion, lonely ? this.#others(criterion) : this.#near(criterion, vectors[at]));
  }

  /** Normalised, without the criterion itself, nearest first; undefined where it was not prepared. */
  of(criterion: string): readonly string[] | undefined {
    return this.#embed === null ? this.#others(criterion) : this.#kin.get(criterion);
  }

  #others(criterion: string): readonly string[] {
    return [...this.#own.keys()].filter((one) => one !== criterion);
  }

  #near(criterion: string, vector: Float32Array | undefined): readonly string[] {
    if (vector === undefined) return [];
    return [...this.#own]
      .map(([other, its]) => ({ other, similarity: cosine(its, vector) }))
      .filter(({ other, similarity }) => similarity >= KIN_FLOOR && other !== criterion)
      .filter(({ other }) => !areOpposed(other, criterion))
      .sort((a, b) => b.similarity - a.similarity)
      .map(({ other }) => other);
  }
}
