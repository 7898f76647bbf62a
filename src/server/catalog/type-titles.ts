import { BUILTIN_TYPES } from './data/builtin-types.ts';

/** Types that format_type calls otherwise than pg_type does, by oid. */
const TITLES: Readonly<Record<number, string>> = {
  16: 'boolean',
  18: '"char"',
  20: 'bigint',
  21: 'smallint',
  23: 'integer',
  700: 'real',
  701: 'double precision',
  1042: 'character',
  1043: 'character varying',
  1083: 'time without time zone',
  1114: 'timestamp without time zone',
  1184: 'timestamp with time zone',
  1266: 'time with time zone',
  1560: 'bit',
  1562: 'bit varying',
};

const rows = BUILTIN_TYPES.trim()
  .split('\n')
  .map((line) => line.split('|'));

const names: ReadonlyMap<number, string> = new Map(rows.map(([oid = '', name = '']) => [Number(oid), name]));

/** An array's oid to its element's. */
const elements: ReadonlyMap<number, number> = new Map(
  rows.filter((row) => row[5] === 'A').map((row) => [Number(row[0]), Number(row[8])]),
);

/** The name that format_type writes; undefined for a type that PostgreSQL does not have. */
export function typeTitle(oid: number): string | undefined {
  const element = elements.get(oid);
  if (element !== undefined && names.get(oid)?.startsWith('_') === true)
    return `${typeTitle(element) ?? '???'}[]`;
  return TITLES[oid] ?? names.get(oid);
}
