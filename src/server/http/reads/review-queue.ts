import type { Embedder } from '../../../operators/models/embedder.ts';
import type { Store } from '../../../training/log/store.ts';
import type { QueueReason } from '../schemas/queue.ts';
import type { Condition } from './example-conditions.ts';
import { cosine, inputVectors } from './input-vectors.ts';

/** Most uncertain calls that are weighed against the marked ones. */
const MOST_WEIGHED = 1_000;
const MOST_NEIGHBOURS = 500;
/** Every so-many-th is drawn by chance, whatever it would teach: a sample without the ranking's bias. */
const UNIFORM_EVERY = 5;

/** The newest call of each distinct inputs. */
interface Candidate {
  readonly newest: string;
  readonly newest_ingested: number;
  readonly cascade_id: string;
  readonly cell_name: string;
  readonly inputs: string;
  readonly newest_output: string;
  /** 0..1 */
  readonly uncertainty: number;
}

interface Marked {
  readonly cascade_id: string;
  readonly cell_name: string;
  readonly inputs: string;
  readonly taught: string;
}

export interface Queued {
  readonly trace_id: string;
  readonly ingested: number;
  readonly reason: QueueReason;
}

/**
 * Calls that nobody has marked, those first that teach most: uncertain ones, ones that contradict their nearest
 * marked neighbour, and ones unlike all that is marked. One a distinct inputs.
 */
export async function readReviewQueue(
  store: Store,
  embedder: Embedder,
  condition: Condition,
  limit: number,
): Promise<readonly Queued[]> {
  const [candidates, uniform, marked] = await Promise.all([
    readCandidates(store, condition, 'uncertainty DESC, newest_ingested DESC', MOST_WEIGHED),
    readCandidates(store, condition, 'cityHash64(newest)', limit),
    readMarked(store),
  ]);
  const ranked = await rank(embedder, candidates, marked);
  return interleave(ranked, uniform, limit);
}

async function readCandidates(
  store: Store,
  { sql, parameters }: Condition,
  order: string,
  limit: number,
): Promise<readonly Candidate[]> {
  return store.query<Candidate>(
    'studio',
    `SELECT argMax(trace_id, ingested) AS newest, max(ingested) AS newest_ingested,
            cascade_id, cell_name, inputs, argMax(output, ingested) AS newest_output,
            max(if(isNull(probability), 0.5, 1 - abs(2 * ifNull(probability, 0) - 1))) AS uncertainty
     FROM rvbbit.training_examples WHERE ${sql}
     GROUP BY cascade_id, cell_name, inputs ORDER BY ${order} LIMIT ${limit}`,
    parameters,
  );
}

async function readMarked(store: Store): Promise<readonly Marked[]> {
  return store.query<Marked>(
    'studio',
    `SELECT toString(cascade_id) AS cascade_id, toString(cell_name) AS cell_name, inputs,
            ifNull(correction, output) AS taught
     FROM rvbbit.training_examples_with_annotations
     WHERE trainable AND ingested IN (SELECT ingested FROM rvbbit.training_annotations FINAL WHERE trainable)
     ORDER BY ingested DESC LIMIT ${MOST_NEIGHBOURS}`,
  );
}

async function rank(
  embedder: Embedder,
  candidates: readonly Candidate[],
  marked: readonly Marked[],
): Promise<readonly Queued[]> {
  const inputs = [...candidates, ...marked].map((one) => one.inputs);
  const vectors = await inputVectors(embedder, inputs);
  const neighbours = marked.map((one, at) => ({ one, vector: vectors[candidates.length + at] }));
  return candidates
    .map((candidate, at) => weigh(candidate, vectors[at], neighbours))
    .sort((one, other) => other.weight - one.weight);
}

function weigh(
  candidate: Candidate,
  vector: Float32Array | undefined,
  neighbours: readonly { readonly one: Marked; readonly vector: Float32Array | undefined }[],
): Queued & { readonly weight: number } {
  let nearest = 0;
  let contradicts = false;
  for (const { one, vector: other } of neighbours) {
    if (vector === undefined || other === undefined || !sameCell(candidate, one)) continue;
    const similarity = cosine(vector, other);
    if (similarity <= nearest) continue;
    nearest = similarity;
    contradicts = one.taught !== candidate.newest_output;
  }
  const parts = {
    contradicts: contradicts ? nearest : 0,
    uncertain: candidate.uncertainty,
    unlike: (1 - nearest) / 2,
  };
  const reasons = Object.keys(parts) as (keyof typeof parts)[];
  const reason = reasons.reduce((best, one) => (parts[one] > parts[best] ? one : best));
  const weight = parts.contradicts + parts.uncertain + parts.unlike;
  return { trace_id: candidate.newest, ingested: candidate.newest_ingested, reason, weight };
}

function sameCell(one: Candidate, other: Marked): boolean {
  return one.cascade_id === other.cascade_id && one.cell_name === other.cell_name;
}

function interleave(
  ranked: readonly Queued[],
  uniform: readonly Candidate[],
  limit: number,
): readonly Queued[] {
  const queue = new Map<string, Queued>();
  const chance = uniform.values();
  for (const one of ranked) {
    if (queue.size % UNIFORM_EVERY === UNIFORM_EVERY - 1) draw(queue, chance);
    if (queue.size >= limit) break;
    if (!queue.has(one.trace_id)) queue.set(one.trace_id, one);
  }
  return [...queue.values()].slice(0, limit);
}

function draw(queue: Map<string, Queued>, chance: Iterator<Candidate>): void {
  for (let next = chance.next(); next.done !== true; next = chance.next()) {
    const { newest, newest_ingested } = next.value;
    if (queue.has(newest)) continue;
    queue.set(newest, { trace_id: newest, ingested: newest_ingested, reason: 'sample' });
    return;
  }
}
