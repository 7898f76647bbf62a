import { SqlError } from '../../errors.ts';
import { arrayOf } from '../wire/types/arrays.ts';
import { codecOfName } from '../wire/types/codec-table.ts';
import type { PgCodec } from '../wire/types/pg-codec.ts';

/** SQL's own names of types that pg_type calls otherwise. */
const SQL_NAMES: Readonly<Record<string, string>> = Object.freeze({
  boolean: 'bool',
  smallint: 'int2',
  int: 'int4',
  integer: 'int4',
  bigint: 'int8',
  real: 'float4',
  float: 'float8',
  double: 'float8',
  'double precision': 'float8',
  decimal: 'numeric',
  dec: 'numeric',
  character: 'bpchar',
  'character varying': 'varchar',
  string: 'text',
  blob: 'bytea',
  'time without time zone': 'time',
  'time with time zone': 'timetz',
  'timestamp without time zone': 'timestamp',
  'timestamp with time zone': 'timestamptz',
});

/** The type of a name as SQL writes it: `int`, `numeric(10, 2)`, `text[]`. Throws SqlError 42704. */
export function typeNamed(written: string): PgCodec {
  const folded = written
    .toLowerCase()
    .replace(/\([^)]*\)/g, '')
    .replace(/\s+/g, ' ')
    .replace(/^pg_catalog\./, '')
    .trim();
  const array = /^(.*?)\s*(\[\d*\])+$/.exec(folded);
  const name = array?.[1] ?? folded;
  const codec = codecOfName(SQL_NAMES[name] ?? name);
  if (codec === undefined) throw new SqlError('42704', `type "${written}" does not exist`);
  return array === null ? codec : arrayOf(codec);
}
