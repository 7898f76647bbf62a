import { createHash } from 'node:crypto';
import { selectByRank } from './select-by-rank.ts';
import type { Strategy } from './strategy.ts';

/** Shuffled anew by every mark of the cell and by nothing else: the same on every server and after a restart. */
export const random: Strategy = Object.freeze({
  name: 'random',
  select: (candidates) =>
    selectByRank(
      candidates.examples
        .map((example) => ({ example, rank: rankOf(candidates.seed, example.traceId) }))
        .sort((a, b) => (a.rank < b.rank ? -1 : 1))
        .map(({ example }) => example),
      candidates,
    ),
} satisfies Strategy);

function rankOf(seed: string, traceId: string): string {
  return createHash('sha256').update(`${seed}\n${traceId}`).digest('hex');
}
