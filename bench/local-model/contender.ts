import type { Embedder } from '../../src/operators/models/embedder.ts';
import { type Concept, readConcepts } from '../../src/operators/models/local/concepts.ts';
import { Judgement, type VectorOf } from '../../src/operators/models/local/judgement.ts';
import { type NearestVote, nearestVote } from './nearest-vote.ts';

export type Judge = Pick<Judgement, 'grade' | 'label'>;

/** A way of judging that the table has a row for. */
export interface Contender {
  readonly name: string;
  readonly judge: Judge;
}

/** The embedder's vectors, each text embedded once. */
export function remembered(embedder: Embedder): VectorOf {
  const known = new Map<string, Promise<Float32Array>>();
  return (text) => {
    const vector = known.get(text) ?? embedder.embed([text]).then(([only]) => only as Float32Array);
    known.set(text, vector);
    return vector;
  };
}

export function contenders(label: string, embedder: Embedder): readonly Contender[] {
  const vectorOf = remembered(embedder);
  const embedAll = (texts: readonly string[]) => embedder.embed(texts);
  return [
    { name: `${label}, nearest examples`, judge: nearestVote(vectorOf) satisfies NearestVote },
    { name: `${label}, classifier`, judge: new Judgement(vectorOf, embedAll, unnamed) },
    { name: `${label}, classifier and concepts`, judge: new Judgement(vectorOf, embedAll) },
  ];
}

/** The same background texts, but no criterion matches a concept. */
async function unnamed(): Promise<readonly Concept[]> {
  return (await readConcepts()).map((concept) => ({ ...concept, names: [''] }));
}
