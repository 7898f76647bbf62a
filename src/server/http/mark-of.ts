import type { Mark } from '../../training/annotation.ts';
import type { MarkRequest } from './schemas/annotations.ts';

export function markOf({ trace_id, ...fields }: MarkRequest): Mark {
  const said = Object.entries(fields).filter(([, value]) => value !== undefined);
  return { traceId: trace_id, ...(Object.fromEntries(said) as Omit<Mark, 'traceId'>) };
}
