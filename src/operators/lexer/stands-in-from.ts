import { ClauseTracker } from './clause-tracker.ts';
import { isSign, isWord, tokenAt, type CodeToken } from './code-token.ts';

/** Whether the token at `index` begins an entry of FROM, as a table function does. */
export function standsInFrom(code: readonly CodeToken[], index: number): boolean {
  const before = tokenAt(code, index - 1);
  const begins = isWord(before, 'FROM', 'JOIN', 'LATERAL') || isSign(before, ',') || isSign(before, '(');
  if (!begins) return false;
  const tracker = new ClauseTracker(code);
  while (tracker.index < index) tracker.take();
  return tracker.inTables;
}
