import { SqlError } from '../../errors.ts';
import type { Example } from '../example.ts';
import { normalCriteria, normalCriterion } from '../normal-criterion.ts';
import { notPrepared } from '../pool/not-prepared.ts';
import type { Inputs } from '../training.ts';
import { withinTwoThirds } from './label-quota.ts';
import { Neighbours } from './neighbours.ts';
import type { Candidates, Selection, Strategy } from './strategy.ts';

/** Of more candidates than this a criterion, the newest are compared: 60 µs a pick. */
const MOST_COMPARED = 256;

/**
 * The nearest by meaning: none farther than a floor, none that says what another one says, varied, no label more than
 * two thirds, the nearest last, where models look most.
 */
export const semantic: Strategy = Object.freeze({
  name: 'semantic',
  select: (candidates) => {
    const { vectors, examples, cell } = candidates;
    if (vectors === null) throw noEmbedder();
    const tiers = new Tiers(candidates, vectors);
    return {
      reach: examples,
      readsText: true,
      pick(inputs, vector) {
        if (vector === null) throw notPrepared(cell);
        const near = nearestOf(tiers.of(inputs), vector, candidates.limit);
        const taken = withinTwoThirds(candidates.compose([...near.keys()]));
        return Object.freeze(
          taken.map((example) => ({ ...example, similarity: near.get(example) ?? 0 })).reverse(),
        );
      },
    } satisfies Selection;
  },
} satisfies Strategy);

/** In the order of their worth, with their similarity. */
function nearestOf(
  tiers: readonly Neighbours[],
  vector: Float32Array,
  limit: number,
): ReadonlyMap<Example, number> {
  const near = new Map<Example, number>();
  for (const tier of tiers) {
    if (near.size >= limit) break;
    for (const { example, similarity } of tier.nearest(vector, limit - near.size))
      near.set(example, similarity);
  }
  return near;
}

/** The candidates of a row in the order in which they count: those of its own criterion, then those of its kin. */
class Tiers {
  readonly #candidates: Candidates;
  readonly #vectors: readonly Float32Array[];
  readonly #positions: ReadonlyMap<string, readonly number[]>;
  readonly #made = new Map<string, readonly Neighbours[]>();
  readonly #ofRow = new Map<unknown, readonly Neighbours[]>();

  constructor(candidates: Candidates, vectors: readonly Float32Array[]) {
    this.#candidates = candidates;
    this.#vectors = vectors;
    this.#positions = positionsByCriterion(candidates);
  }

  of(inputs: Inputs): readonly Neighbours[] {
    const { criterionArg } = this.#candidates.cell;
    const asked = criterionArg === null ? '' : inputs[criterionArg];
    const known = this.#ofRow.get(asked);
    if (known !== undefined) return known;
    const tiers = this.#ofCriterion(criterionArg === null ? '' : normalCriterion(asked));
    if (this.#ofRow.size >= 10_000) this.#ofRow.clear();
    this.#ofRow.set(asked, tiers);
    return tiers;
  }

  #ofCriterion(criterion: string): readonly Neighbours[] {
    const kin = this.#candidates.cell.criterionArg === null ? [] : this.#candidates.kin.of(criterion);
    if (kin === undefined) throw notPrepared(this.#candidates.cell);
    const groups = [[criterion], kin].map((criteria) =>
      criteria.flatMap((one) => this.#positions.get(one) ?? []).sort((a, b) => a - b),
    );
    const key = JSON.stringify(groups);
    const tiers =
      this.#made.get(key) ?? groups.filter((group) => group.length > 0).map((group) => this.#tier(group));
    if (this.#made.size >= 64) this.#made.clear();
    this.#made.set(key, tiers);
    return tiers;
  }

  #tier(positions: readonly number[]): Neighbours {
    const newest = positions.slice(0, MOST_COMPARED);
    const { examples } = this.#candidates;
    return new Neighbours(
      newest.map((at) => examples[at] as Example),
      newest.map((at) => this.#vectors[at] as Float32Array),
    );
  }
}

function positionsByCriterion({ examples, cell }: Candidates): ReadonlyMap<string, readonly number[]> {
  const positions = new Map<string, number[]>();
  for (const [at, criterion] of normalCriteria(examples, cell.criterionArg).entries()) {
    const group = positions.get(criterion) ?? [];
    group.push(at);
    positions.set(criterion, group);
  }
  return positions;
}

function noEmbedder(): SqlError {
  return new SqlError('0A000', 'the training strategy "semantic" needs an embedder, and none is configured', {
    hint: 'Set training_strategy to recent, high_confidence or random.',
  });
}
