import type { ExampleRow } from '../../server/http/schemas/examples.ts';
import { REJECTED } from './mark-action.ts';

export type MarkState = 'unmarked' | 'accepted' | 'corrected' | 'rejected' | 'trainable' | 'noted';

/** What people said of a call, in one word. */
export function markState(row: ExampleRow): MarkState {
  if (row.confidence === null) return 'unmarked';
  if (row.correction !== null) return 'corrected';
  if (row.tags.includes(REJECTED)) return 'rejected';
  if (row.trainable) return row.verified ? 'accepted' : 'trainable';
  return 'noted';
}
