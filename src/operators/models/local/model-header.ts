import { z } from 'zod';
import { SqlError } from '../../../errors.ts';

const MAGIC = 'RVBSTAT1';

const section = z.object({ offset: z.int().nonnegative(), length: z.int().nonnegative() });

const headerSchema = z.object({
  name: z.string().min(1),
  tokens: z.int().positive(),
  dimensions: z.int().positive(),
  negation: z.object({
    words: z.array(z.string()),
    joints: z.array(z.string()),
    ends: z.array(z.string()),
    reach: z.int().positive(),
    rank: z.int().positive(),
  }),
  sections: z.object({ vocabulary: section, scales: section, vectors: section, turns: section }),
});

/** The head of a model file; the layout is described in tools/local-model/pack.py. Offsets count from `bodyOffset`. */
export interface ModelHeader extends z.infer<typeof headerSchema> {
  readonly bodyOffset: number;
}

/** Throws SqlError XX001 where the bytes are not a whole model file. */
export function readHeader(bytes: Buffer, path: string): ModelHeader {
  if (bytes.length < 12 || bytes.toString('latin1', 0, MAGIC.length) !== MAGIC) {
    throw damaged(path, `It does not start with ${MAGIC}.`);
  }
  const bodyOffset = 12 + bytes.readUInt32LE(8);
  const parsed = headerSchema.safeParse(jsonOrNull(bytes.toString('utf8', 12, bodyOffset)));
  if (!parsed.success) throw damaged(path, z.prettifyError(parsed.error));
  const header = { ...parsed.data, bodyOffset };
  const wrong = wrongLength(header, bytes.length);
  if (wrong !== null) throw damaged(path, wrong);
  return header;
}

function wrongLength(header: ModelHeader, size: number): string | null {
  const { tokens, dimensions, negation, sections, bodyOffset } = header;
  if (sections.scales.length !== 4 * tokens) return `Its scales are not those of ${tokens} tokens.`;
  if (sections.vectors.length !== tokens * dimensions)
    return `Its vectors are not ${tokens} × ${dimensions}.`;
  if (sections.turns.length !== 8 * negation.rank * dimensions)
    return `What a negation does is not of rank ${negation.rank}.`;
  const end = Math.max(...Object.values(sections).map(({ offset, length }) => bodyOffset + offset + length));
  return end > size ? `It ends after ${size} of ${end} bytes.` : null;
}

function jsonOrNull(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function damaged(path: string, detail: string): SqlError {
  return new SqlError('XX001', `the local model "${path}" is damaged`, { detail, hint: 'Reinstall rvbbit.' });
}
