import { SqlError } from '../../errors.ts';
import type { NearPair } from '../runner/cell-database.ts';

type Pair = readonly [number, number];

/** Letters and digits of any script, in lower case: texts that differ in nothing else are the same without a question. */
const spelling = (text: string): string =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim() || text;

/** Capitals alone, or none, are the lesser spelling. */
function isBetterSpelled(text: string, other: string): boolean {
  const mixed = (one: string): boolean => one !== one.toUpperCase() && one !== one.toLowerCase();
  return mixed(text) === mixed(other) ? text < other : mixed(text);
}

/**
 * Which texts mean the same, as far as it is known. Clusters grow by judged pairs; two clusters of which one pair was
 * judged different are not asked about again.
 */
export class Meanings {
  /** One text of each spelling, in the order of texts. */
  spellings: readonly string[] = [];
  readonly #bySpelling = new Map<string, string>();
  readonly #same: [string, string][] = [];
  readonly #different: [string, string][] = [];
  #at = new Map<string, number>();
  #parents: number[] = [];
  #pairs: readonly NearPair[] = [];
  #stands = new Map<number, string>();
  #nearness = new Map<number, number>();
  #judged = 0;

  constructor(private readonly maxPairs: number) {}

  /** False where all are known. */
  add(texts: readonly string[]): boolean {
    const before = this.#bySpelling.size;
    for (const text of texts) {
      const key = spelling(text);
      const known = this.#bySpelling.get(key);
      if (known === undefined || isBetterSpelled(text, known)) this.#bySpelling.set(key, text);
    }
    if (this.#bySpelling.size === before) return false;
    this.spellings = [...this.#bySpelling.values()].sort();
    this.#at = new Map(this.spellings.map((text, at) => [spelling(text), at]));
    this.#parents = this.spellings.map((_, at) => at);
    for (const [a, b] of this.#same) this.#join(this.#indexOf(a), this.#indexOf(b));
    this.#stands.clear();
    return true;
  }

  /** Candidates; the nearest are asked about first. */
  near(pairs: readonly NearPair[]): void {
    this.#pairs = pairs.toSorted((a, b) => b.score - a.score || a.a - b.a || a.b - b.b);
    this.#nearness = new Map();
    for (const { a, b, score } of pairs) {
      for (const at of [a, b]) this.#nearness.set(at, (this.#nearness.get(at) ?? 0) + score);
    }
  }

  /** Pairs to ask about next: of clusters that nothing is known about, each at most once a round. */
  round(): readonly Pair[] {
    const apart = new Set(
      this.#different.map(([a, b]) => this.#key(this.#root(this.#indexOf(a)), this.#root(this.#indexOf(b)))),
    );
    const busy = new Set<number>();
    const asked: Pair[] = [];
    for (const { a, b } of this.#pairs) {
      const [x, y] = [this.#root(a), this.#root(b)];
      if (x === y || busy.has(x) || busy.has(y) || apart.has(this.#key(x, y))) continue;
      busy.add(x).add(y);
      asked.push([a, b]);
    }
    this.#judged += asked.length;
    if (this.#judged > this.maxPairs) throw tooManyPairs(this.#judged, this.maxPairs);
    return asked;
  }

  judged(pairs: readonly Pair[], same: readonly boolean[]): void {
    for (const [at, [a, b]] of pairs.entries()) {
      const texts: [string, string] = [this.spellings[a] ?? '', this.spellings[b] ?? ''];
      if (same[at] === true) {
        this.#same.push(texts);
        this.#join(a, b);
      } else this.#different.push(texts);
    }
    this.#stands.clear();
  }

  /** The text of its cluster that is nearest to the others; of equals the longest, then the first. */
  standFor(text: string): string {
    if (this.#stands.size === 0) this.#choose();
    return this.#stands.get(this.#root(this.#indexOf(text))) ?? text;
  }

  #choose(): void {
    const best = new Map<number, number>();
    for (let at = 0; at < this.spellings.length; at += 1) {
      const root = this.#root(at);
      const other = best.get(root);
      if (other === undefined || this.#isBetter(at, other)) best.set(root, at);
    }
    this.#stands = new Map([...best].map(([root, at]) => [root, this.spellings[at] ?? '']));
  }

  #isBetter(at: number, other: number): boolean {
    const difference = (this.#nearness.get(at) ?? 0) - (this.#nearness.get(other) ?? 0);
    if (Math.abs(difference) > 1e-6) return difference > 0;
    return (this.spellings[at] ?? '').length > (this.spellings[other] ?? '').length;
  }

  #indexOf(text: string): number {
    return this.#at.get(spelling(text)) ?? 0;
  }

  #key(a: number, b: number): string {
    return a < b ? `${a} ${b}` : `${b} ${a}`;
  }

  #join(a: number, b: number): void {
    this.#parents[this.#root(a)] = this.#root(b);
  }

  #root(at: number): number {
    let root = at;
    while (this.#parents[root] !== root) root = this.#parents[root] ?? root;
    for (let step = at; step !== root;) {
      const above = this.#parents[step] ?? root;
      this.#parents[step] = root;
      step = above;
    }
    return root;
  }
}

function tooManyPairs(pairs: number, most: number): SqlError {
  return new SqlError(
    '54000',
    `more than ${most} pairs of texts would be judged; rvbbit.max_pairs allows ${most}`,
    {
      hint: `Give a higher least similarity, as in canonical(x, 0.8), or SET rvbbit.max_pairs = ${pairs * 2}.`,
    },
  );
}
