import type { Node } from 'libpg-query';

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
