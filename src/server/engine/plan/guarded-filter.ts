import type { Node } from 'libpg-query';
import type { Conjuncts } from './conjuncts.ts';
import type { LazyExpressions } from './lazy-expressions.ts';
import { and, caseOf, FALSE } from './nodes.ts';
import { ANY_RELATION, isSubset, relationsOf } from './relation-names.ts';

/**
 * One condition out of many, in which a semantic one is evaluated only where all cheap ones hold, and those before
 * it: `A AND sem` → `A AND CASE WHEN A THEN sem ELSE false END`. DuckDB reorders conjuncts by its own measure and
 * pushes them below joins; a guard that reads columns of two relations stays above their join.
 *
 * Conditions on relations that no condition connects guard one another not: they are evaluated below the product.
 * `guards` are conditions that hold for every row anyway (those of inner joins). Undefined for no condition.
 */
export function guardedFilter(
  { cheap, once, semantic }: Conjuncts,
  guards: readonly Node[],
  lazy: LazyExpressions,
): Node | undefined {
  const everywhere = [...guards, ...cheap];
  const islands = once.length > 0 ? [null] : islandsOf([...semantic, ...everywhere]);
  const guarded = islands.flatMap((island): readonly Node[] => {
    const own = semantic.filter((node) => isOn(island, node));
    const cut = [...everywhere.filter((node) => isOn(island, node)), ...once];
    return own.length === 0 ? [] : [guardedBy(cut, own, lazy)];
  });
  const conditions = [...cheap, ...(semantic.length === 0 ? once : []), ...guarded];
  return conditions.length === 0 ? undefined : and(conditions);
}

/** In a filter NULL drops the row as false does. */
function guardedBy(guards: readonly Node[], semantic: readonly Node[], lazy: LazyExpressions): Node {
  const [last, ...before] = semantic.map((node) => lazy.value(node, true)).reverse();
  const nested = before.reduce((rest, condition) => caseOf([[condition, rest]], FALSE), last ?? FALSE);
  return guards.length === 0 ? nested : caseOf([[and(guards), nested]], FALSE);
}

/** Relations that conditions connect; null for all of them. */
type Island = ReadonlySet<string> | null;

function isOn(island: Island, node: Node): boolean {
  return island === null || isSubset(relationsOf(node), island);
}

/** Conditions that share a relation are on one island. One that may read any relation connects all. */
function islandsOf(conditions: readonly Node[]): readonly Island[] {
  const sets = conditions.map((node) => relationsOf(node));
  if (sets.some((set) => set.size === 0 || set.has(ANY_RELATION))) return [null];
  return sets.reduce<readonly ReadonlySet<string>[]>((islands, set) => {
    const joined = islands.filter((island) => [...set].some((name) => island.has(name)));
    const apart = islands.filter((island) => !joined.includes(island));
    return [...apart, new Set([...joined.flatMap((island) => [...island]), ...set])];
  }, []);
}
