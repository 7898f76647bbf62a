import { SqlError } from '../../../errors.ts';
import type { HttpParts } from '../http-parts.ts';
import type { Measure } from './comparison-runs.ts';

/** Throws SqlError 0A000 where the server makes no comparisons. */
export function requireMeasure({ measure }: HttpParts): Measure {
  if (measure === undefined) throw new SqlError('0A000', 'this server makes no comparisons');
  return measure;
}
