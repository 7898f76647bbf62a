import { cosine } from '../embeddings/cosine.ts';
import type { Example } from '../example.ts';
import { NEAR_DUPLICATE } from '../pool/near-duplicates.ts';

/** Farther examples have nothing to do with the row. */
const FLOOR = 0.15;
/** Weight of nearness against variety. */
const NEARNESS = 0.8;
/** How many of the nearest, a wanted one, are weighed against each other. */
const WEIGHED = 4;

export interface Neighbour {
  readonly example: Example;
  /** Cosine to the row's text. */
  readonly similarity: number;
}

/** Examples with their vectors in one matrix. Likenesses among them are taken once, when first needed. */
export class Neighbours {
  readonly #examples: readonly Example[];
  readonly #labels: Int32Array;
  readonly #matrix: Float32Array;
  readonly #dimensions: number;
  readonly #likenesses: Float32Array;
  readonly #similarities: Float32Array;

  constructor(examples: readonly Example[], vectors: readonly Float32Array[]) {
    this.#examples = examples;
    this.#dimensions = vectors[0]?.length ?? 0;
    this.#matrix = new Float32Array(examples.length * this.#dimensions);
    for (const [at, vector] of vectors.entries()) this.#matrix.set(vector, at * this.#dimensions);
    this.#likenesses = new Float32Array(examples.length ** 2).fill(Number.NaN);
    this.#similarities = new Float32Array(examples.length);
    const outputs = [...new Set(examples.map(({ output }) => output))];
    this.#labels = Int32Array.from(examples, ({ output }) => outputs.indexOf(output));
  }

  /** Nearest first, at most `limit`. */
  nearest(vector: Float32Array, limit: number): readonly Neighbour[] {
    const near = this.#shortlist(vector, limit * WEIGHED);
    const quota = this.#hasTwoLabels(near) ? Math.max(1, Math.floor((limit * 2) / 3)) : limit;
    return this.#varied(near, limit, quota)
      .sort((a, b) => this.#similarity(b) - this.#similarity(a))
      .map((at) => ({
        example: this.#examples[at] as Example,
        similarity: Math.min(1, this.#similarity(at)),
      }));
  }

  #shortlist(vector: Float32Array, count: number): readonly number[] {
    const near: number[] = [];
    for (let at = 0; at < this.#examples.length; at += 1) {
      const similarity = cosine(this.#matrix, vector, at * this.#dimensions);
      this.#similarities[at] = similarity;
      if (similarity >= FLOOR) insert(near, at, this.#similarities, count);
    }
    return near;
  }

  /** By maximal marginal relevance, from what the quota of each label allows; what says the same is passed over. */
  #varied(near: readonly number[], limit: number, quota: number): number[] {
    const picked: number[] = [];
    const left = [...near];
    const alike = new Float32Array(near.length);
    while (picked.length < limit && left.length > 0) {
      const place = this.#best(left, alike);
      const best = left[place] as number;
      remove(left, alike, place);
      if (this.#count(picked, best) >= quota) continue;
      picked.push(best);
      this.#compare(left, alike, best);
    }
    return picked;
  }

  #best(left: readonly number[], alike: Float32Array): number {
    let best = 0;
    let most = -Infinity;
    for (let place = 0; place < left.length; place += 1) {
      const nearness = NEARNESS * this.#similarity(left[place] as number);
      const worth = nearness - (1 - NEARNESS) * (alike[place] as number);
      if (worth > most) {
        best = place;
        most = worth;
      }
    }
    return best;
  }

  #compare(left: number[], alike: Float32Array, picked: number): void {
    for (let place = left.length - 1; place >= 0; place -= 1) {
      const other = left[place] as number;
      const likeness = this.#likeness(other, picked);
      if (likeness >= NEAR_DUPLICATE && this.#labels[other] === this.#labels[picked])
        remove(left, alike, place);
      else if (likeness > (alike[place] as number)) alike[place] = likeness;
    }
  }

  #likeness(one: number, other: number): number {
    const place = one * this.#examples.length + other;
    const known = this.#likenesses[place] as number;
    if (!Number.isNaN(known)) return known;
    const start = other * this.#dimensions;
    const vector = this.#matrix.subarray(start, start + this.#dimensions);
    const likeness = cosine(this.#matrix, vector, one * this.#dimensions);
    this.#likenesses[place] = likeness;
    return likeness;
  }

  #hasTwoLabels(near: readonly number[]): boolean {
    return near.some((at) => this.#labels[at] !== this.#labels[near[0] as number]);
  }

  #count(picked: readonly number[], like: number): number {
    const label = this.#labels[like];
    return picked.reduce((sum, at) => (this.#labels[at] === label ? sum + 1 : sum), 0);
  }

  #similarity(at: number): number {
    return this.#similarities[at] as number;
  }
}

/** Takes one out of both lists; what stood last takes its place. */
function remove(left: number[], alike: Float32Array, place: number): void {
  const last = left.pop() as number;
  if (place === left.length) return;
  left[place] = last;
  alike[place] = alike[left.length] as number;
}

/** Keeps the `count` most similar in order. */
function insert(near: number[], at: number, similarities: Float32Array, count: number): void {
  const similarity = similarities[at] as number;
  if (near.length >= count && similarity <= (similarities[near.at(-1) as number] as number)) return;
  let place = near.length;
  while (place > 0 && (similarities[near[place - 1] as number] as number) < similarity) place -= 1;
  near.splice(place, 0, at);
  if (near.length > count) near.pop();
}
