import { SqlError } from '../../errors.ts';
import { fewShot } from './few-shot.ts';
import type { Format } from './format.ts';
import { markdown } from './markdown.ts';
import { xml } from './xml.ts';

const FORMATS: readonly Format[] = Object.freeze([xml, markdown, fewShot]);

export function formatNames(): readonly string[] {
  return FORMATS.map((format) => format.name);
}

/** Throws SqlError 22023 that lists the names. */
export function findFormat(name: string): Format {
  const format = FORMATS.find((one) => one.name === name);
  if (format !== undefined) return format;
  throw new SqlError('22023', `no training format is named "${name}"`, {
    hint: `There are: ${formatNames().join(', ')}.`,
  });
}
