import type { Node, TypeCast, TypeName } from 'libpg-query';
import { bodyOf, integerConstant, lastName, nameParts, stringNode, without } from '../syntax-tree.ts';
import type { Transform } from '../transform.ts';

/** PostgreSQL's types by DuckDB's names. The `reg…` types are oids; their texts are made by `casts`. */
export const DUCKDB_TYPE_NAMES: Readonly<Record<string, string>> = {
  name: 'text',
  char: 'text',
  bpchar: 'text',
  citext: 'text',
  inet: 'text',
  cidr: 'text',
  macaddr: 'text',
  pg_node_tree: 'text',
  cstring: 'text',
  unknown: 'text',
  xml: 'text',
  aclitem: 'text',
  pg_lsn: 'text',
  refcursor: 'text',
  jsonb: 'json',
  oid: 'int8',
  xid: 'int8',
  xid8: 'int8',
  cid: 'int8',
  regclass: 'int8',
  regtype: 'int8',
  regproc: 'int8',
  regprocedure: 'int8',
  regoper: 'int8',
  regrole: 'int8',
  regnamespace: 'int8',
  varbit: 'bit',
  serial: 'int4',
  serial4: 'int4',
  bigserial: 'int8',
  serial8: 'int8',
  smallserial: 'int2',
  serial2: 'int2',
};

const VECTORS: Readonly<Record<string, string>> = { int2vector: 'int2', oidvector: 'int8' };

/** Types whose length or precision DuckDB does not take. */
const WITHOUT_MODIFIER: ReadonlySet<string> = new Set([
  'timestamp',
  'timestamptz',
  'time',
  'timetz',
  'interval',
  'bit',
  'varbit',
  'bpchar',
]);

export const typeNames: Transform = {
  name: 'type-names',
  visit: { TypeName: typeName, TypeCast: castType },
};

function castType(body: TypeCast): Node | undefined {
  const renamed = bodyOf(body.typeName === undefined ? undefined : typeName(body.typeName), 'TypeName');
  return renamed === undefined ? undefined : { TypeCast: { ...body, typeName: renamed } };
}

function typeName(body: TypeName): Node | undefined {
  const parts = nameParts(body.names);
  const name = lastName(body.names);
  if (parts.length === 2 && parts[0] === 'public') return withNames(body, ['main', name]);
  if (parts.length > 1 && parts[0] !== 'pg_catalog') return undefined;
  if (name === 'money') return decimal(body, 19, 2);
  if (name === 'numeric' && body.typmods === undefined) return decimal(body, 38, 9);
  const element = VECTORS[name] ?? (name.startsWith('_') ? name.slice(1) : undefined);
  if (element !== undefined)
    return withNames({ ...body, arrayBounds: [{ Integer: { ival: -1 } }] }, [
      DUCKDB_TYPE_NAMES[element] ?? element,
    ]);
  const renamed = DUCKDB_TYPE_NAMES[name];
  const bare = withoutModifier(name, body);
  if (renamed !== undefined) return withNames(bare, [renamed]);
  // The parser takes the word json for a name of pg_catalog, which DuckDB does not know.
  if (name === 'json' && parts.length > 1) return withNames(bare, ['json']);
  return bare === body ? undefined : { TypeName: bare };
}

function withoutModifier(name: string, body: TypeName): TypeName {
  if (body.typmods === undefined || !WITHOUT_MODIFIER.has(name)) return body;
  return without(body, 'typmods');
}

function withNames(body: TypeName, names: readonly string[]): Node {
  return { TypeName: { ...body, names: names.map(stringNode) } };
}

/** PostgreSQL's numeric without a precision has any scale; nine digits behind the point are kept here. */
function decimal(body: TypeName, width: number, scale: number): Node {
  const names = ['pg_catalog', 'numeric'].map(stringNode);
  return { TypeName: { ...body, names, typmods: [integerConstant(width), integerConstant(scale)] } };
}
