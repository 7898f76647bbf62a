import { BUILTIN_TYPES } from './data/builtin-types.ts';

const byName: ReadonlyMap<string, number> = new Map(
  BUILTIN_TYPES.trim()
    .split('\n')
    .map((line) => line.split('|'))
    .map(([oid = '', name = '']) => [name, Number(oid)]),
);

/** The oid of one of PostgreSQL's own types by pg_type.typname; null for another. */
export function typeOid(name: string | null): number | null {
  return name === null ? null : (byName.get(name) ?? null);
}
