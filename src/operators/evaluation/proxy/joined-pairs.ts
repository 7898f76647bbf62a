import { isText } from '../argument-value.ts';
import type { SqlFunction } from '../../cascade/cascade.ts';
import type { Arguments } from '../answer-book.ts';
import type { TextPair } from './pair-scores.ts';

/** Fewer pairs than this are asked about one and all. */
const FEWEST = 400;

/** What an operator is asked of two texts that both vary. */
export interface JoinedPairs {
  readonly pairs: readonly TextPair[];
  /** Distinct values of either side. */
  readonly left: number;
  readonly right: number;
}

/** null where these are no pairs of two sides, or few. */
export function joinedPairs(sql: SqlFunction, rows: readonly Arguments[]): JoinedPairs | null {
  const [, second] = sql.args;
  if (second === undefined || !isText(second.type) || rows.length < FEWEST) return null;
  const pairs = rows.map(([left, right]): TextPair => [left ?? '', right ?? '']);
  const left = new Set(pairs.map(([text]) => text)).size;
  const right = new Set(pairs.map(([, text]) => text)).size;
  return left < 2 || right < 2 ? null : { pairs, left, right };
}
