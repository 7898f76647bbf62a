import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { SqlError, messageOf } from '../../../errors.ts';
import { type Cue, cueNamed } from './cues.ts';

/** The concepts shipped with the package. */
export const SHIPPED_CONCEPTS = fileURLToPath(new URL('../../../../models/concepts.tsv', import.meta.url));

/** What people mean by a common criterion: its rewordings, and phrases typical of what meets it and what does not. */
export interface Concept {
  readonly names: readonly string[];
  readonly speaksFor: readonly string[];
  readonly speaksAgainst: readonly string[];
  /** What alone decides, where the letters of a text show it. */
  readonly cue: Cue | null;
}

/** One concept a line after the heading: names, for, against, parted by tabs, and each by semicolons; then perhaps a cue. */
export function parseConcepts(text: string): readonly Concept[] {
  const [, ...lines] = text.trim().split('\n');
  return lines.map((line, at) => {
    const [names, speaksFor, speaksAgainst, cues, ...rest] = line.split('\t').map(phrases);
    if (!names?.length || !speaksFor?.length || !speaksAgainst?.length || rest.length > 0) {
      throw new SqlError(
        'XX001',
        `line ${at + 2} of the concepts is not names, for, against and perhaps a cue, parted by tabs`,
      );
    }
    const cue = cues?.[0];
    return { names, speaksFor, speaksAgainst, cue: cue === undefined ? null : cueNamed(cue) };
  });
}

/** Throws SqlError 58P01 where the file cannot be read, XX001 where a line of it is malformed. */
export async function readConcepts(path: string = SHIPPED_CONCEPTS): Promise<readonly Concept[]> {
  const text = await readFile(path, 'utf8').catch((cause: unknown) => {
    throw new SqlError('58P01', `cannot read the concepts "${path}"`, {
      detail: messageOf(cause),
      hint: 'Reinstall rvbbit, or set RVBBIT_MODEL to another provider.',
    });
  });
  return parseConcepts(text);
}

function phrases(field: string): readonly string[] {
  return field
    .split(';')
    .map((phrase) => phrase.trim())
    .filter((phrase) => phrase !== '');
}
