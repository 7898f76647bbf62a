import type { Example } from '../example.ts';
import { DEFAULT_BUDGET_CHARS } from '../formats/format-examples.ts';
import { findFormat } from '../formats/find-format.ts';

/** Takes what a prompt has room for from examples in the order of their worth. */
export type Compose = (byWorth: readonly Example[]) => readonly Example[];

/**
 * At most `limit` of them, none beyond the budget of characters (an example is dropped whole, never cut), and no more
 * automatic than human ones. Throws SqlError 22023 where the format is unknown.
 */
export function composeFor(
  format: string,
  limit: number,
  budgetChars: number = DEFAULT_BUDGET_CHARS,
): Compose {
  const { write } = findFormat(format);
  const lengths = new WeakMap<Example, number>();
  const lengthOf = (example: Example): number => {
    const known = lengths.get(example);
    if (known !== undefined) return known;
    const { block, turns } = write([example]);
    const length = turns.reduce((sum, turn) => sum + turn.content.length, block?.length ?? 0);
    lengths.set(example, length);
    return length;
  };
  return (byWorth) => {
    const taken: Example[] = [];
    let room = budgetChars;
    let automatic = 0;
    for (const example of byWorth) {
      if (taken.length >= limit) break;
      if (example.automatic === true && automatic >= Math.floor(limit / 2)) continue;
      const length = lengthOf(example);
      if (length > room) continue;
      room -= length;
      if (example.automatic === true) automatic += 1;
      taken.push(example);
    }
    return Object.freeze(withoutExcess(taken, automatic));
  };
}

/** Drops the least of the automatic ones while they are more than the others. */
function withoutExcess(taken: readonly Example[], automatic: number): Example[] {
  let excess = automatic - (taken.length - automatic);
  const kept: Example[] = [];
  for (const example of taken.toReversed()) {
    if (excess > 0 && example.automatic === true) excess -= 1;
    else kept.unshift(example);
  }
  return kept;
}
