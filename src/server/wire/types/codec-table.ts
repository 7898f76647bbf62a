import { arrayOf } from './arrays.ts';
import { bit, varbit } from './bit.ts';
import { bool } from './boolean.ts';
import { bytea } from './bytea.ts';
import { date } from './date.ts';
import { float4, float8 } from './floats.ts';
import { int2, int4, int8, oid, xid } from './integers.ts';
import { interval } from './interval.ts';
import { json, jsonb } from './json.ts';
import { numeric } from './numeric.ts';
import type { PgCodec } from './pg-codec.ts';
import * as texts from './text.ts';
import { time, timetz } from './time.ts';
import { timestamp, timestamptz } from './timestamp.ts';
import { uuid } from './uuid.ts';
import { int2vector, oidvector } from './vectors.ts';

/** Aliases of `oid` that print a name: their values come as text here. */
const REG_TYPES: readonly (readonly [name: string, oid: number, arrayOid: number])[] = Object.freeze([
  ['regproc', 24, 1008],
  ['regprocedure', 2202, 2207],
  ['regoper', 2203, 2208],
  ['regoperator', 2204, 2209],
  ['regclass', 2205, 2210],
  ['regtype', 2206, 2211],
  ['regnamespace', 4089, 4090],
  ['regrole', 4096, 4097],
]);

const SCALARS: readonly PgCodec[] = Object.freeze([
  ...[bool, int2, int4, int8, oid, xid, float4, float8, numeric, bytea, uuid, json, jsonb, bit, varbit],
  ...[int2vector, oidvector],
  ...[date, time, timetz, timestamp, timestamptz, interval],
  ...Object.values(texts),
  ...REG_TYPES.map(([name, regOid, arrayOid]) =>
    Object.freeze({ ...texts.text, name, oid: regOid, arrayOid, length: 4 }),
  ),
]);

const ARRAYS: readonly PgCodec[] = Object.freeze(
  SCALARS.filter(({ arrayOid }) => arrayOid !== 0).map(arrayOf),
);

const BY_OID: ReadonlyMap<number, PgCodec> = new Map(
  [...SCALARS, ...ARRAYS].map((codec) => [codec.oid, codec]),
);
const BY_NAME: ReadonlyMap<string, PgCodec> = new Map(SCALARS.map((codec) => [codec.name, codec]));

/** undefined for an oid that no type here has. */
export function codecOfOid(typeOid: number): PgCodec | undefined {
  return BY_OID.get(typeOid);
}

/** By pg_type's name, lower case (`int4`, `regclass`); scalars alone. */
export function codecOfName(name: string): PgCodec | undefined {
  return BY_NAME.get(name);
}
