import type { A_Const, Node, String as PgString } from 'libpg-query';

/** The kinds of node of PostgreSQL's syntax tree. */
export type Tag = Node extends infer N ? (N extends N ? keyof N : never) : never;
export type Body<T extends Tag> =
  Extract<Node, Record<T, unknown>> extends infer N ? (T extends keyof N ? N[T] : never) : never;

/** The body of a node where it is of that kind. */
export function bodyOf<T extends Tag>(node: Node | undefined, tag: T): Body<T> | undefined {
  if (node === undefined || !(tag in node)) return undefined;
  return (node as Record<T, Body<T>>)[tag];
}

export function stringNode(sval: string): Node {
  return { String: { sval } };
}

export function textConstant(sval: string): Node {
  return { A_Const: { sval: { sval } } };
}

export function integerConstant(ival: number): Node {
  return { A_Const: { ival: { ival } } };
}

export const NULL_CONSTANT: Node = { A_Const: { isnull: true } };

/** A call of a function by its (qualified) name. */
export function call(name: readonly string[], args: readonly Node[]): Node {
  return {
    FuncCall: { funcname: name.map(stringNode), args: [...args], funcformat: 'COERCE_EXPLICIT_CALL' },
  };
}

export function castTo(arg: Node, type: string): Node {
  return { TypeCast: { arg, typeName: { names: [stringNode(type)], typemod: -1 } } };
}

export function not(arg: Node): Node {
  return { BoolExpr: { boolop: 'NOT_EXPR', args: [arg] } };
}

/** The parts of a (qualified) name. */
export function nameParts(nodes: readonly Node[] | undefined): readonly string[] {
  return (nodes ?? []).map((node) => bodyOf(node, 'String')?.sval ?? '*');
}

export function lastName(nodes: readonly Node[] | undefined): string {
  return nameParts(nodes).at(-1) ?? '';
}

/** The text of a string constant; undefined for anything else. */
export function textOf(node: Node | undefined): string | undefined {
  const constant: A_Const | undefined = bodyOf(node, 'A_Const');
  const text: PgString | undefined = constant?.sval;
  return text === undefined ? undefined : (text.sval ?? '');
}

/** The value of an integer constant (absent `ival` is zero); undefined for anything else. */
export function integerOf(node: Node | undefined): number | undefined {
  const constant = bodyOf(node, 'A_Const');
  return constant?.ival === undefined ? undefined : (constant.ival.ival ?? 0);
}

/** A copy without one of its fields. */
export function without<B extends object, K extends keyof B>(body: B, field: K): Omit<B, K> {
  return Object.fromEntries(Object.entries(body).filter(([key]) => key !== field)) as Omit<B, K>;
}
