import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Embedder } from '../../models/embedder.ts';
import { EmbeddingBatcher } from '../../models/embedding-batcher.ts';
import { type Grader, Judgement } from '../../models/local/judgement.ts';
import { fitSparseLogistic, sparseDot, type SparseExample } from './sparse-logistic.ts';
import { featureCount, type SparseVector, textFeatures } from './text-features.ts';

export interface MarkedText {
  readonly text: string;
  readonly holds: boolean;
}

/** Log odds that a criterion holds, one a text, in their order. */
export type Scorer = (texts: readonly string[]) => Promise<Float64Array>;

interface KnownText {
  readonly features: SparseVector;
  readonly prior: number;
}

const SLICE = 256;
/** Texts whose features are kept while proxies are trained: 4 KB each. */
const REMEMBERED = 20_000;
/** Log odds past which a prior says no more. */
const SURE = 1e-6;

/** Learns to tell the texts of which a criterion holds by their embeddings, words and looks. One a process. */
export class ProxyModel {
  readonly #vectors: EmbeddingBatcher;
  readonly #judgement: Judgement;

  constructor(readonly embedder: Embedder) {
    this.#vectors = new EmbeddingBatcher(embedder);
    const embedAll = (texts: readonly string[]) => embedder.embed(texts);
    this.#judgement = new Judgement((text) => this.#vectors.vectorOf(text), embedAll);
  }

  /** `criterion` is null where there is none: then only the marked texts tell. */
  async about(criterion: string | null): Promise<ProxyTrainer> {
    const grader = await this.#judgement.grader(criterion, []);
    return new ProxyTrainer(this.embedder.dimensions, (text) => this.#known(text, grader));
  }

  async #known(text: string, grader: Grader): Promise<KnownText> {
    const [vector, chance] = await Promise.all([this.#vectors.vectorOf(text), grader(text)]);
    const sure = Math.min(1 - SURE, Math.max(SURE, chance));
    return { features: textFeatures(text, vector), prior: Math.log(sure / (1 - sure)) };
  }
}

/** Trains proxies for one criterion, one after another on more answers. */
export class ProxyTrainer {
  readonly #known = new Map<string, KnownText>();

  constructor(
    private readonly dimensions: number,
    private readonly know: (text: string) => Promise<KnownText>,
  ) {}

  async train(marked: readonly MarkedText[]): Promise<Scorer> {
    const examples = await Promise.all(
      marked.map(async ({ text, holds }): Promise<SparseExample> => {
        return { ...(await this.#knownOf(text)), target: Number(holds), weight: 1 };
      }),
    );
    const weights = await fitSparseLogistic(examples, featureCount(this.dimensions));
    return (texts) => this.#scores(texts, weights);
  }

  async #scores(texts: readonly string[], weights: Float64Array): Promise<Float64Array> {
    const scores = new Float64Array(texts.length);
    for (let from = 0; from < texts.length; from += SLICE) {
      const slice = texts.slice(from, from + SLICE);
      const known = await Promise.all(slice.map((text) => this.#knownOf(text)));
      for (const [at, { features, prior }] of known.entries())
        scores[from + at] = prior + sparseDot(features, weights);
      await nextTurn();
    }
    return scores;
  }

  async #knownOf(text: string): Promise<KnownText> {
    const known = this.#known.get(text) ?? (await this.know(text));
    if (this.#known.size < REMEMBERED) this.#known.set(text, known);
    return known;
  }
}
