/** A row of a clause: what it is known by, and its answer. */
export type Found = readonly [key: number, value: string | null];

interface Named {
  readonly name: string;
}

export const quoted = (text: string): string => `'${text.replaceAll("'", "''")}'`;

export const compare = (a: string | number, b: string | number): number => (a < b ? -1 : a > b ? 1 : 0);

/** The SELECTs of all uses in one, each row with the name of its use. */
export function together<U extends Named>(uses: readonly U[], select: (use: U) => string): string {
  return uses
    .map((use) => `SELECT ${quoted(use.name)} AS use, * FROM (${select(use)}) q(key, value)`)
    .join('\nUNION ALL ');
}

/** As a text a use, so that a difference tells whose it is. */
export function shown(rows: readonly (readonly unknown[])[]): readonly string[] {
  return rows
    .map(([name, key, value]) => `${String(name)}: ${String(key)} ${String(value)}`)
    .toSorted(compare);
}

/** What `shown` must give of them. */
export function known<U extends Named>(
  uses: readonly U[],
  rows: (use: U) => readonly Found[],
): readonly string[] {
  return shown(uses.flatMap((use) => rows(use).map((row) => [use.name, ...row])));
}
