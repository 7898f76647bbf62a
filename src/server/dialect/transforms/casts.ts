import type { A_Const, Node, TypeCast, TypeName } from 'libpg-query';
import { catalogCall, calledMacro } from '../catalog-call.ts';
import {
  bodyOf,
  call,
  integerConstant,
  integerOf,
  lastName,
  nameParts,
  textConstant,
  textOf,
} from '../syntax-tree.ts';
import { arrayConstant } from '../array-literal.ts';
import type { Transform } from '../transform.ts';
import { REGISTERED_COLUMNS } from '../registered-names.ts';

const NAMED: ReadonlySet<string> = new Set(['regclass', 'regtype', 'regproc', 'regnamespace', 'regrole']);
const SAME: Readonly<Record<string, string>> = { regprocedure: 'regproc', regoper: 'regproc' };
const TEXTS: ReadonlySet<string> = new Set(['text', 'varchar', 'name', 'bpchar', 'char']);
const NUMBERS: ReadonlySet<string> = new Set(['oid', 'int4', 'int8']);

/** Casts that DuckDB lacks or means otherwise. */
export const casts: Transform = {
  name: 'casts',
  visit: { TypeCast: cast },
};

function cast(body: TypeCast): Node | undefined {
  const { arg, typeName } = body;
  if (arg === undefined || typeName === undefined || !isBuiltin(typeName)) return undefined;
  if (typeName.arrayBounds !== undefined) return arrayCast(body, arg, typeName);
  const name = SAME[lastName(typeName.names)] ?? lastName(typeName.names);
  const read = readMacro(arg);
  if (NAMED.has(name)) return readOf(name, read, arg);
  if (read !== undefined && TEXTS.has(name)) return catalogCall(`_${read}_out`, [arg]);
  if (read !== undefined && NUMBERS.has(name)) return arg;
  if (TEXTS.has(name) && isRegisteredColumn(arg)) return catalogCall('_regproc_out', [arg]);
  if (name === 'numeric' && typeName.typmods === undefined) return plainNumeric(arg);
  return textLength(arg, name, typeName);
}

/** What was read, or written, as this very type is the oid already. */
function readOf(name: string, read: string | undefined, arg: Node): Node {
  if (read === name) return arg;
  const written = calledMacro(arg) === `_${name}_out` ? bodyOf(arg, 'FuncCall')?.args?.[0] : undefined;
  return written ?? catalogCall(`_${name}_in`, [arg]);
}

function isBuiltin({ names }: TypeName): boolean {
  const parts = nameParts(names);
  return parts.length < 2 || parts[0] === 'pg_catalog';
}

/** The `reg…` type that an argument has been read as. */
function readMacro(arg: Node): string | undefined {
  return (
    /^_(reg\w+)_in$/.exec(calledMacro(arg) ?? '')?.[1] ?? /^to_(reg\w+)$/.exec(calledMacro(arg) ?? '')?.[1]
  );
}

function isRegisteredColumn(arg: Node): boolean {
  return REGISTERED_COLUMNS.has(lastName(bodyOf(arg, 'ColumnRef')?.fields));
}

/** A number written in the text has the scale it is written with. */
function plainNumeric(arg: Node): Node | undefined {
  const constant: A_Const | undefined = bodyOf(arg, 'A_Const');
  if (constant?.fval !== undefined && !/e/i.test(constant.fval.fval ?? '')) return arg;
  const text = textOf(arg);
  return text !== undefined && /^\d{1,28}\.\d{1,10}$/.test(text)
    ? { A_Const: { fval: { fval: text } } }
    : undefined;
}

/** varchar(n) and char(n) cut what is longer; char(n) pads. */
function textLength(arg: Node, name: string, { typmods }: TypeName): Node | undefined {
  const length = integerOf(typmods?.[0]) ?? (name === 'bpchar' && typmods !== undefined ? 1 : undefined);
  if (length === undefined || (name !== 'varchar' && name !== 'bpchar')) return undefined;
  const text: Node = { TypeCast: { arg, typeName: { names: [{ String: { sval: 'text' } }], typemod: -1 } } };
  const cut = call(['left'], [text, integerConstant(length)]);
  return name === 'varchar' ? cut : call(['rpad'], [cut, integerConstant(length), textConstant(' ')]);
}

/** '{1,2}'::int[] */
function arrayCast(body: TypeCast, arg: Node, typeName: TypeName): Node | undefined {
  const name = SAME[lastName(typeName.names)] ?? lastName(typeName.names);
  const elements = bodyOf(arg, 'A_ArrayExpr')?.elements;
  if (NAMED.has(name) && elements !== undefined) {
    return { A_ArrayExpr: { elements: elements.map((item) => catalogCall(`_${name}_in`, [item])) } };
  }
  const text = textOf(arg);
  const array = text === undefined ? undefined : arrayConstant(text);
  if (array === undefined) return undefined;
  const arrayBounds = Array.from({ length: depth(array) }, (): Node => ({ Integer: { ival: -1 } }));
  return { TypeCast: { ...body, arg: array, typeName: { ...typeName, arrayBounds } } };
}

/** In PostgreSQL one type serves arrays of every depth. */
function depth(node: Node | undefined): number {
  const elements = bodyOf(node, 'A_ArrayExpr')?.elements;
  return elements === undefined ? 0 : 1 + depth(elements[0]);
}
