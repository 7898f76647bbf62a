import type { Embeddings } from '../embeddings/embeddings.ts';
import { textOfInputs } from '../embeddings/text-of-inputs.ts';
import type { Example } from '../example.ts';
import type { MarkedExample } from '../load-examples.ts';
import type { Redaction } from '../redaction.ts';
import type { CellIdentity } from '../training.ts';
import type { ExampleSnapshot } from './example-snapshot.ts';
import { conflicting, findConflicts } from './find-conflicts.ts';

export interface SnapshotParts {
  /** null where there is none: near duplicates are then not seen, and no example has a vector. */
  readonly embeddings: Embeddings | null;
  readonly redaction: Redaction;
}

/** Leaves out what must not teach: outputs the cell cannot give, what was redacted away, and both sides of conflicts. */
export async function makeSnapshot(
  version: string,
  marked: readonly MarkedExample[],
  cell: CellIdentity,
  { embeddings, redaction }: SnapshotParts,
): Promise<ExampleSnapshot> {
  const trainable = marked.filter((one) => one.trainable);
  const valid = trainable.flatMap((one) => validExample(one, cell, redaction) ?? []);
  const vectors =
    embeddings === null
      ? null
      : await embeddings.vectorsOf(valid.map(({ inputs }) => textOfInputs(inputs, cell.criterionArg)));
  const conflicts = await findConflicts(valid, vectors, cell);
  const out = conflicting(conflicts);
  const kept = [...valid.keys()].filter((at) => !out.has(valid[at] as Example));
  return Object.freeze({
    version,
    examples: Object.freeze(kept.map((at) => valid[at] as Example)),
    vectors: vectors === null ? null : kept.map((at) => vectors[at] as Float32Array),
    conflicts,
    excluded: Object.freeze({
      conflicting: out.size,
      invalid: trainable.length - valid.length,
    }),
  });
}

function validExample(one: MarkedExample, cell: CellIdentity, redaction: Redaction): Example | null {
  const output = cell.outputs === undefined ? one.output : cell.outputs.canonical(one.output);
  if (output === null) return null;
  const { traceId, inputs, confidence, verified, ingested } = one;
  return redaction.example({
    ...{ traceId, inputs, output, confidence, verified, ingested },
    ...(one.automatic === true && { automatic: true }),
    ...(one.corrected === true && { corrected: true }),
  });
}
