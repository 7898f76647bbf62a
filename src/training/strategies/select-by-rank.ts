import type { Example } from '../example.ts';
import { normalCriteria, normalCriterion } from '../normal-criterion.ts';
import { notPrepared } from '../pool/not-prepared.ts';
import type { Candidates, Selection } from './strategy.ts';

/** Criteria whose pick is remembered; a statement has one, or a column of them. */
const MOST_REMEMBERED = 10_000;

/** How many times the limit is kept a criterion, as some may not fit. */
const SPARE = 4;

/** Picks from one ranking, best first: examples of the row's own criterion, then of its kin. */
export function selectByRank(ranked: readonly Example[], candidates: Candidates): Selection {
  const { criterionArg } = candidates.cell;
  if (criterionArg === null) {
    const top = candidates.compose(ranked);
    return { reach: top, pick: () => top };
  }
  const groups = groupByCriterion(ranked, criterionArg, candidates.limit * SPARE);
  const picks = new Map<unknown, readonly Example[]>();
  return {
    reach: [...groups.values()].flat(),
    pick(inputs) {
      const criterion = inputs[criterionArg];
      const known = picks.get(criterion);
      if (known !== undefined) return known;
      const pick = pickFor(normalCriterion(criterion), ranked, groups, candidates);
      if (picks.size >= MOST_REMEMBERED) picks.clear();
      picks.set(criterion, pick);
      return pick;
    },
  };
}

function pickFor(
  criterion: string,
  ranked: readonly Example[],
  groups: ReadonlyMap<string, readonly Example[]>,
  { kin, compose, cell }: Candidates,
): readonly Example[] {
  const others = kin.of(criterion);
  if (others === undefined) throw notPrepared(cell);
  const taught = new Set(others.flatMap((other) => groups.get(other) ?? []));
  return compose([...(groups.get(criterion) ?? []), ...ranked.filter((example) => taught.has(example))]);
}

function groupByCriterion(
  ranked: readonly Example[],
  criterionArg: string,
  most: number,
): ReadonlyMap<string, readonly Example[]> {
  const groups = new Map<string, Example[]>();
  const criteria = normalCriteria(ranked, criterionArg);
  for (const [at, example] of ranked.entries()) {
    const criterion = criteria[at] as string;
    const group = groups.get(criterion) ?? [];
    if (group.length < most) group.push(example);
    groups.set(criterion, group);
  }
  return groups;
}
