import type { CellMarks } from '../cell-marks.ts';
import type { Embeddings } from '../embeddings/embeddings.ts';
import { textOfInputs } from '../embeddings/text-of-inputs.ts';
import type { Example } from '../example.ts';
import type { MarkedExample } from '../marked-example.ts';
import type { Redaction } from '../redaction.ts';
import type { CellIdentity } from '../training.ts';
import type { ExampleSnapshot } from './example-snapshot.ts';
import { conflicting, findSame } from './find-conflicts.ts';
import { NearDuplicates } from './near-duplicates.ts';

export interface SnapshotParts {
  /** null where there is none: near duplicates are then not seen, and no example has a vector. */
  readonly embeddings: Embeddings | null;
  readonly redaction: Redaction;
}

/**
 * The snapshots of one cell, one after another: what was found out about a mark is kept while the mark stays as it
 * is, so a snapshot costs what has changed since the one before.
 */
export class Snapshots {
  readonly #cell: CellIdentity;
  readonly #parts: SnapshotParts;
  readonly #examples = new WeakMap<MarkedExample, { readonly example: Example | null }>();
  readonly #inputs = new WeakMap<Example, string>();
  readonly #vectors = new WeakMap<Example, Float32Array>();
  readonly #near: NearDuplicates;
  #last: Promise<unknown> = Promise.resolve();

  constructor(cell: CellIdentity, parts: SnapshotParts) {
    this.#cell = cell;
    this.#parts = parts;
    this.#near = new NearDuplicates(cell.criterionArg);
  }

  /** Leaves out what must not teach: outputs the cell cannot give, what was redacted away, both sides of conflicts. */
  of(marks: CellMarks): Promise<ExampleSnapshot> {
    const turn = this.#last.then(() => this.#make(marks));
    this.#last = turn.catch(() => undefined);
    return turn;
  }

  async #make({ version, marked }: CellMarks): Promise<ExampleSnapshot> {
    const trainable = marked.filter((one) => one.trainable);
    const valid = trainable.flatMap((one) => this.#exampleOf(one) ?? []);
    const vectors = await this.#vectorsOf(valid);
    const near =
      vectors === null || this.#cell.outputs?.labels === false ? [] : await this.#near.among(valid, vectors);
    const conflicts = Object.freeze([...findSame(valid, (one) => this.#inputsOf(one)), ...near]);
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

  #exampleOf(marked: MarkedExample): Example | null {
    const known = this.#examples.get(marked) ?? { example: this.#validExample(marked) };
    this.#examples.set(marked, known);
    return known.example;
  }

  #validExample(one: MarkedExample): Example | null {
    const { outputs } = this.#cell;
    const output = outputs === undefined ? one.output : outputs.canonical(one.output);
    if (output === null) return null;
    const { traceId, inputs, confidence, verified, ingested } = one;
    return this.#parts.redaction.example({
      ...{ traceId, inputs, output, confidence, verified, ingested },
      ...(one.automatic === true && { automatic: true }),
      ...(one.corrected === true && { corrected: true }),
    });
  }

  #inputsOf(example: Example): string {
    const known = this.#inputs.get(example) ?? JSON.stringify(example.inputs);
    this.#inputs.set(example, known);
    return known;
  }

  async #vectorsOf(examples: readonly Example[]): Promise<readonly Float32Array[] | null> {
    const { embeddings } = this.#parts;
    if (embeddings === null) return null;
    const fresh = examples.filter((example) => !this.#vectors.has(example));
    const made = await embeddings.vectorsOf(
      fresh.map(({ inputs }) => textOfInputs(inputs, this.#cell.criterionArg)),
    );
    for (const [at, example] of fresh.entries()) this.#vectors.set(example, made[at] as Float32Array);
    return examples.map((example) => this.#vectors.get(example) as Float32Array);
  }
}
