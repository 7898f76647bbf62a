import type { Embedder } from '../../../operators/models/embedder.ts';
import type { Store } from '../../../training/log/store.ts';
import { cosine, inputVectors } from './input-vectors.ts';

/** Distinct inputs compared at most: the newest. */
const MOST_COMPARED = 20_000;

/** The newest call of each distinct inputs. */
interface Candidate {
  readonly newest: string;
  readonly newest_ingested: number;
  readonly inputs: string;
}

export interface Similar {
  readonly trace_id: string;
  readonly ingested: number;
  readonly similarity: number;
}

/** Calls of the same cell whose inputs mean nearly the same, nearest first; one a distinct inputs, without its own. */
export async function findSimilar(
  store: Store,
  embedder: Embedder,
  of: { readonly cascade_id: string; readonly cell_name: string; readonly inputs: string },
  limit: number,
): Promise<readonly Similar[]> {
  const candidates = await store.query<Candidate>(
    'studio',
    `SELECT argMax(trace_id, ingested) AS newest, max(ingested) AS newest_ingested, inputs
     FROM rvbbit.training_examples
     WHERE cascade_id = {cascade:String} AND cell_name = {cell:String} AND inputs != {inputs:String}
     GROUP BY inputs ORDER BY newest_ingested DESC LIMIT ${MOST_COMPARED}`,
    { cascade: of.cascade_id, cell: of.cell_name, inputs: of.inputs },
  );
  const [own, ...others] = await inputVectors(embedder, [
    of.inputs,
    ...candidates.map(({ inputs }) => inputs),
  ]);
  if (own === undefined) return [];
  return candidates
    .map(({ newest, newest_ingested }, at) => ({
      trace_id: newest,
      ingested: newest_ingested,
      similarity: cosine(own, others[at] ?? own),
    }))
    .sort((one, other) => other.similarity - one.similarity)
    .slice(0, limit);
}
