import { setImmediate } from 'node:timers/promises';
import { cosine } from '../embeddings/cosine.ts';
import type { Example } from '../example.ts';

/** Rows nearer than this are one cluster: none of them may teach another while it is judged. */
const ONE_CLUSTER = 0.9;
const ROWS_A_TURN = 100;

/** The number of each example's cluster, in their order. Without vectors only the same inputs are one cluster. */
export async function clustersOf(
  examples: readonly Example[],
  vectors: readonly Float32Array[] | null,
): Promise<readonly number[]> {
  const parents = examples.map((_, at) => at);
  joinEqual(examples, parents);
  if (vectors === null) return parents.map((_, at) => rootOf(parents, at));
  for (let one = 0; one < examples.length; one += 1) {
    if (one % ROWS_A_TURN === ROWS_A_TURN - 1) await setImmediate();
    for (let other = one + 1; other < examples.length; other += 1) {
      const near = cosine(vectors[one] as Float32Array, vectors[other] as Float32Array) >= ONE_CLUSTER;
      if (near) parents[rootOf(parents, other)] = rootOf(parents, one);
    }
  }
  return parents.map((_, at) => rootOf(parents, at));
}

function joinEqual(examples: readonly Example[], parents: number[]): void {
  const firsts = new Map<string, number>();
  for (const [at, { inputs }] of examples.entries()) {
    const key = JSON.stringify(inputs);
    const first = firsts.get(key);
    if (first === undefined) firsts.set(key, at);
    else parents[at] = first;
  }
}

function rootOf(parents: number[], at: number): number {
  let root = at;
  while (parents[root] !== root) {
    parents[root] = parents[parents[root] as number] as number;
    root = parents[root] as number;
  }
  return root;
}
