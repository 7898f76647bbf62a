import type { Alias, Node, RangeVar } from 'libpg-query';

/** The names that WITH clauses anywhere in a statement give. */
export function commonTableNames(statement: Node): ReadonlySet<string> {
  const names = new Set<string>();
  collect(statement, names);
  return names;
}

function collect(value: unknown, names: Set<string>): void {
  if (typeof value !== 'object' || value === null) return;
  for (const [key, child] of Object.entries(value)) {
    if (key === 'ctename' && typeof child === 'string') names.add(child);
    else collect(child, names);
  }
}

/** The relations in FROM anywhere in a statement by their aliases. */
export function aliasesOf(statement: Node): ReadonlyMap<string, string> {
  const aliases = new Map<string, string>();
  collectAliases(statement, aliases);
  return aliases;
}

function collectAliases(value: unknown, aliases: Map<string, string>): void {
  if (typeof value !== 'object' || value === null) return;
  for (const [key, child] of Object.entries(value)) {
    if (key === 'RangeVar') addAlias(child as RangeVar, aliases);
    else collectAliases(child, aliases);
  }
}

function addAlias(
  { schemaname, relname = '', alias }: RangeVar & { alias?: Alias },
  aliases: Map<string, string>,
): void {
  aliases.set(alias?.aliasname ?? relname, schemaname === undefined ? relname : `${schemaname}.${relname}`);
}
