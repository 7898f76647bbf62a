import type { Node } from 'libpg-query';
import { isNode } from '../../dialect/rewrite-tree.ts';
import { bodyOf } from '../../dialect/syntax-tree.ts';

export const TRUE: Node = { A_Const: { boolval: { boolval: true } } };
export const FALSE: Node = { A_Const: { boolval: { boolval: false } } };

/** The same node with each node right below it changed; the very same object where nothing changed. */
export function mapChildren(node: Node, change: (child: Node) => Node): Node {
  const [entry] = Object.entries(node);
  if (entry === undefined) return node;
  const [tag, body] = entry;
  const next = mapBody(body, change);
  return next === body ? node : ({ [tag]: next } as unknown as Node);
}

/** As `mapChildren`, for what stands below a tag, in a list or in a struct without a tag. */
export function mapBody<T>(body: T, change: (child: Node) => Node): T {
  if (isNode(body)) return change(body) as T;
  if (Array.isArray(body)) {
    const next = body.map((item: unknown) => mapBody(item, change));
    return next.some((item, at) => item !== body[at]) ? (next as T) : body;
  }
  if (typeof body !== 'object' || body === null) return body;
  const fields = Object.entries(body).map(
    ([key, value]: [string, unknown]) => [key, mapBody(value, change)] as const,
  );
  const same = fields.every(([key, value]) => value === (body as Record<string, unknown>)[key]);
  return same ? body : (Object.fromEntries(fields) as T);
}

/** The nodes right below a node. */
export function childrenOf(node: Node): readonly Node[] {
  const found: Node[] = [];
  mapChildren(node, (child) => {
    found.push(child);
    return child;
  });
  return found;
}

/** Whether the node or one below it passes the test. */
export function someNode(node: Node, test: (node: Node) => boolean): boolean {
  return test(node) || childrenOf(node).some((child) => someNode(child, test));
}

export type Branch = readonly [condition: Node, result: Node];

/** CASE WHEN … THEN … ELSE … END; without `otherwise` it ends with NULL. */
export function caseOf(branches: readonly Branch[], otherwise?: Node): Node {
  const args = branches.map(([expr, result]): Node => ({ CaseWhen: { expr, result } }));
  return { CaseExpr: { args, ...(otherwise === undefined ? {} : { defresult: otherwise }) } };
}

/** AND over any number of conditions; TRUE over none. */
export function and(conditions: readonly Node[]): Node {
  const [first] = conditions;
  if (first === undefined) return TRUE;
  return conditions.length === 1 ? first : { BoolExpr: { boolop: 'AND_EXPR', args: [...conditions] } };
}

export function or(conditions: readonly [Node, ...Node[]]): Node {
  return conditions.length === 1 ? conditions[0] : { BoolExpr: { boolop: 'OR_EXPR', args: [...conditions] } };
}

export function isFalse(arg: Node): Node {
  return { BooleanTest: { arg, booltesttype: 'IS_FALSE' } };
}

export function isNotNull(arg: Node): Node {
  return { NullTest: { arg, nulltesttype: 'IS_NOT_NULL' } };
}

export function equals(left: Node, right: Node): Node {
  return { A_Expr: { kind: 'AEXPR_OP', name: [{ String: { sval: '=' } }], lexpr: left, rexpr: right } };
}

export function columnRef(...names: readonly string[]): Node {
  return { ColumnRef: { fields: names.map((sval): Node => ({ String: { sval } })) } };
}

export function target(val: Node, name?: string): Node {
  return { ResTarget: { val, ...(name === undefined ? {} : { name }) } };
}

/** The conditions of an AND, of an AND within it, and so on; the condition itself where it is none. */
export function conjunctsOf(condition: Node | undefined): readonly Node[] {
  if (condition === undefined) return [];
  const bool = bodyOf(condition, 'BoolExpr');
  if (bool?.boolop !== 'AND_EXPR') return [condition];
  return (bool.args ?? []).flatMap((arg) => conjunctsOf(arg));
}
