import type { Node } from 'libpg-query';
import { childrenOf } from '../../dialect/map-children.ts';
import { bodyOf } from '../../dialect/syntax-tree.ts';

export const TRUE: Node = { A_Const: { boolval: { boolval: true } } };
export const FALSE: Node = { A_Const: { boolval: { boolval: false } } };

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

export function isNull(arg: Node): Node {
  return { NullTest: { arg, nulltesttype: 'IS_NULL' } };
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
