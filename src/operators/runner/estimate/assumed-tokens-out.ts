import type { Cell } from '../../cascade/cascade.ts';
import type { TokenCounter } from '../../models/token-counter.ts';

const LONG_ANSWER = 200;

/** Tokens of a reply of a cell that nobody has called yet. */
export function assumedTokensOut(cell: Cell, counter: TokenCounter): number {
  switch (cell.kind) {
    case 'boolean':
      return 1;
    case 'score':
      return 3;
    case 'label':
      return Math.max(1, ...cell.labels.map((label) => counter.count(label)));
    case 'text':
    case 'json':
      return Math.min(cell.maxTokens ?? LONG_ANSWER, LONG_ANSWER);
  }
}
