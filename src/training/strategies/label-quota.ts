import type { Example } from '../example.ts';

/**
 * Where the examples have more than one output, none of them has more than two thirds: the last of the most frequent
 * one go. `byWorth` has the best first.
 */
export function withinTwoThirds(byWorth: readonly Example[]): readonly Example[] {
  const kept = [...byWorth];
  for (;;) {
    const count = (output: string): number => kept.filter((example) => example.output === output).length;
    const excess = kept.findLastIndex(({ output }) => count(output) * 3 > kept.length * 2);
    const [first] = kept;
    if (excess < 0 || first === undefined || count(first.output) === kept.length) return kept;
    kept.splice(excess, 1);
  }
}
