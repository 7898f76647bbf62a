import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { SqlError } from '../../../errors.ts';
import { type ModelHeader, readHeader } from './model-header.ts';
import type { NegationWords } from './negated-tokens.ts';

/** The vectors shipped with the package; the same path holds from `src` and from `dist`. */
export const SHIPPED_MODEL = fileURLToPath(
  new URL('../../../../models/static-embeddings.bin', import.meta.url),
);

/** Static token vectors: row t of `vectors` times `scales[t]` is the vector of `vocabulary[t]`. */
export interface TokenVectors {
  readonly name: string;
  readonly dimensions: number;
  readonly vocabulary: readonly string[];
  readonly vectors: Int8Array;
  readonly scales: Float32Array;
  readonly negation: NegationWords;
  /**
   * What a negation does to the sum v of the vectors that it reaches: Σ over the rank of (seenᵢ · v) · addedᵢ is added. Rows
   * of `dimensions`, all of `seen` and then all of `added`.
   */
  readonly turns: Float32Array;
}

/** Throws SqlError 58P01 where the file cannot be read, XX001 where it is not a whole model file. */
export async function readTokenVectors(path: string = SHIPPED_MODEL): Promise<TokenVectors> {
  const bytes = await readFile(path).catch((cause: unknown) => {
    throw new SqlError('58P01', `cannot read the local model "${path}"`, {
      detail: cause instanceof Error ? cause.message : String(cause),
      hint: 'Reinstall rvbbit, or set RVBBIT_MODEL to another provider.',
    });
  });
  return tokenVectors(readHeader(bytes, path), bytes);
}

function tokenVectors(header: ModelHeader, bytes: Buffer): TokenVectors {
  // A pooled buffer need not start at a multiple of four, which Float32Array asks for.
  const data = bytes.byteOffset % 4 === 0 ? bytes : Buffer.copyBytesFrom(bytes);
  const { vocabulary, vectors, scales, turns } = header.sections;
  const at = (section: { offset: number }): number => data.byteOffset + header.bodyOffset + section.offset;
  const start = header.bodyOffset + vocabulary.offset;
  return {
    name: header.name,
    dimensions: header.dimensions,
    vocabulary: data.toString('utf8', start, start + vocabulary.length).split('\n'),
    vectors: new Int8Array(data.buffer, at(vectors), vectors.length),
    scales: new Float32Array(data.buffer, at(scales), scales.length / 4),
    negation: header.negation,
    turns: new Float32Array(data.buffer, at(turns), turns.length / 4),
  };
}
