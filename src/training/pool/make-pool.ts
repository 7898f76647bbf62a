import { createHash } from 'node:crypto';
import { messageOf } from '../../errors.ts';
import { textOfInputs } from '../embeddings/text-of-inputs.ts';
import type { Example } from '../example.ts';
import { normalCriteria } from '../normal-criterion.ts';
import { SHIPPED_STRATEGIES } from '../strategies/find-strategy.ts';
import type { Strategies } from '../strategies/find-strategy.ts';
import type { Selection } from '../strategies/strategy.ts';
import type { TrainingSettings } from '../training-settings.ts';
import type { CellIdentity, ExamplePool, Exclusions, Inputs } from '../training.ts';
import { composeFor } from './compose.ts';
import { CriterionKin } from './criterion-kin.ts';
import type { EmbedTexts } from './criterion-kin.ts';
import type { ExampleSnapshot } from './example-snapshot.ts';
import { notPrepared } from './not-prepared.ts';

/** How the vectors of rows and of criteria are had; null where there is no embedder. */
export interface PoolEmbedding {
  readonly rows: EmbedTexts;
  readonly criteria: EmbedTexts;
}

/** Throws SqlError 22023 where strategy or format is unknown, 0A000 where the strategy needs an embedder. */
export async function makePool(
  snapshot: ExampleSnapshot,
  cell: CellIdentity,
  settings: TrainingSettings,
  embedding: PoolEmbedding | null,
  strategies: Strategies = SHIPPED_STRATEGIES,
): Promise<ExamplePool> {
  const { examples, vectors } = eligible(snapshot, settings);
  const { criterionArg } = cell;
  const criteria = criterionArg === null ? [] : normalCriteria(examples, criterionArg);
  const kin = await CriterionKin.of(criteria, embedding?.criteria ?? null);
  const selection = strategies.find(settings.strategy).select({
    examples,
    vectors,
    cell,
    limit: settings.limit,
    seed: snapshot.version,
    kin,
    compose: composeFor(settings.format, settings.limit),
  });
  return new PreparedPool(selection, {
    cell,
    kin,
    embedding,
    size: examples.length,
    excluded: snapshot.excluded,
  });
}

export function emptyPool(trouble: string | null): ExamplePool {
  const none: readonly Example[] = Object.freeze([]);
  return Object.freeze({ version: versionOf(none), size: 0, trouble, pick: () => none });
}

function eligible(
  { examples, vectors }: ExampleSnapshot,
  { minConfidence, verifiedOnly }: TrainingSettings,
): Pick<ExampleSnapshot, 'examples' | 'vectors'> {
  const chosen = [...examples.keys()].filter((at) => {
    const { confidence, verified } = examples[at] as Example;
    return confidence >= minConfidence && (verified || !verifiedOnly);
  });
  return {
    examples: chosen.map((at) => examples[at] as Example),
    vectors: vectors === null ? null : chosen.map((at) => vectors[at] as Float32Array),
  };
}

interface PoolParts {
  readonly cell: CellIdentity;
  readonly kin: CriterionKin;
  readonly embedding: PoolEmbedding | null;
  readonly size: number;
  readonly excluded: Exclusions;
}

const NONE: readonly Example[] = Object.freeze([]);

class PreparedPool implements ExamplePool {
  readonly version: string;
  readonly #selection: Selection;
  readonly #parts: PoolParts;
  readonly #vectors = new WeakMap<Inputs, Float32Array>();
  #trouble: string | null = null;

  constructor(selection: Selection, parts: PoolParts) {
    this.#selection = selection;
    this.#parts = parts;
    this.version = versionOf(selection.reach);
  }

  get size(): number {
    return this.#parts.size;
  }

  get excluded(): Exclusions {
    return this.#parts.excluded;
  }

  get trouble(): string | null {
    return this.#trouble;
  }

  async prepare(rows: readonly Inputs[]): Promise<void> {
    if (this.size === 0) return;
    try {
      await this.#prepare(rows);
      this.#trouble = null;
    } catch (error) {
      this.#trouble = messageOf(error);
    }
  }

  pick(inputs: Inputs): readonly Example[] {
    if (this.size === 0 || this.#trouble !== null) return NONE;
    const vector = this.#vectors.get(inputs) ?? null;
    if (vector === null && this.#selection.readsText === true) throw notPrepared(this.#parts.cell);
    return this.#selection.pick(inputs, vector);
  }

  async #prepare(rows: readonly Inputs[]): Promise<void> {
    const { cell, kin, embedding } = this.#parts;
    const { criterionArg } = cell;
    if (criterionArg !== null) await kin.prepare(rows.map((inputs) => inputs[criterionArg]));
    if (this.#selection.readsText !== true || embedding === null) return;
    const texts = new Map<string, Inputs[]>();
    for (const inputs of rows) {
      const text = textOfInputs(inputs, criterionArg);
      const same = texts.get(text) ?? [];
      same.push(inputs);
      texts.set(text, same);
    }
    const vectors = await embedding.rows([...texts.keys()]);
    for (const [at, same] of [...texts.values()].entries())
      for (const inputs of same) this.#vectors.set(inputs, vectors[at] as Float32Array);
  }
}

/** Of what the picks are made of: marks that change no pick change no version. */
function versionOf(reach: readonly Example[]): string {
  const hash = createHash('sha256');
  for (const { traceId, inputs, output } of reach)
    hash.update(`${JSON.stringify([traceId, inputs, output])}\n`);
  return hash.digest('hex').slice(0, 32);
}
