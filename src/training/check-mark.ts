import { SqlError } from '../errors.ts';
import type { Mark } from './annotation.ts';

/** Throws SqlError 23514 (check violation) or 23502 where a mark cannot be meant. */
export function checkMark(mark: Mark): void {
  if (mark.traceId === '') throw new SqlError('23502', 'an annotation needs a trace_id');
  if (mark.confidence === undefined) return;
  if (mark.confidence >= 0 && mark.confidence <= 1) return;
  throw new SqlError(
    '23514',
    `confidence ${mark.confidence} of trace "${mark.traceId}" is not between 0 and 1`,
  );
}
