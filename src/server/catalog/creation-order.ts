const DEFINED = /^CREATE (?:MACRO|VIEW|TABLE|OR REPLACE TEMP TABLE) ((?:rvbbit_catalog\.\w+\.)?"?\w+"?)/;
const USED = /(?:rvbbit_catalog\.\w+\."?\w+"?|temp\.main\._rvbbit\w+)/g;

/** Puts CREATE statements into an order in which each comes after those whose objects it names. */
export function creationOrder(statements: readonly string[]): readonly string[] {
  const byName = new Map(statements.map((sql) => [plainName(DEFINED.exec(sql)?.[1] ?? sql), sql]));
  const done = new Set<string>();
  const ordered: string[] = [];
  const visit = (name: string): void => {
    const sql = byName.get(name);
    if (sql === undefined || done.has(name)) return;
    done.add(name);
    for (const used of sql.match(USED) ?? []) visit(plainName(used));
    ordered.push(sql);
  };
  for (const name of byName.keys()) visit(name);
  return ordered;
}

function plainName(name: string): string {
  return name.replaceAll('"', '').replace('temp.main.', '');
}
