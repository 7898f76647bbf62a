import type { Example } from '../example.ts';
import { normalCriterion } from '../normal-criterion.ts';
import type { Candidates, Selection } from './strategy.ts';

/** Criteria whose pick is remembered; a statement has one, or a column of them. */
const MOST_REMEMBERED = 10_000;

/** Picks from one ranking, best first: examples of the row's own criterion before all others. */
export function selectByRank(ranked: readonly Example[], candidates: Candidates): Selection {
  const { limit } = candidates;
  const { criterionArg } = candidates.cell;
  const top = Object.freeze(ranked.slice(0, limit));
  if (criterionArg === null) return { reach: top, pick: () => top };
  const groups = groupByCriterion(ranked, criterionArg, limit);
  const picks = new Map<unknown, readonly Example[]>();
  return {
    reach: [...top, ...[...groups.values()].flat()],
    pick(inputs) {
      const criterion = inputs[criterionArg];
      const known = picks.get(criterion);
      if (known !== undefined) return known;
      const pick = fill(groups.get(normalCriterion(criterion)) ?? [], top, limit);
      if (picks.size >= MOST_REMEMBERED) picks.clear();
      picks.set(criterion, pick);
      return pick;
    },
  };
}

function groupByCriterion(
  ranked: readonly Example[],
  criterionArg: string,
  limit: number,
): ReadonlyMap<string, readonly Example[]> {
  const groups = new Map<string, Example[]>();
  for (const example of ranked) {
    const criterion = normalCriterion(example.inputs[criterionArg]);
    const group = groups.get(criterion) ?? [];
    if (group.length < limit) group.push(example);
    groups.set(criterion, group);
  }
  return groups;
}

function fill(own: readonly Example[], top: readonly Example[], limit: number): readonly Example[] {
  if (own.length === 0) return top;
  const taken = new Set(own.map((example) => example.traceId));
  const others = top.filter((example) => !taken.has(example.traceId));
  return Object.freeze([...own, ...others].slice(0, limit));
}
