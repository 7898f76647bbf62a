import type { A_Expr, Node } from 'libpg-query';
import { bodyOf, call, nameParts } from '../syntax-tree.ts';
import type { Transform } from '../transform.ts';

/** Operators that DuckDB has as functions, and those whose arguments it takes otherwise. */
export const operators: Transform = {
  name: 'operators',
  visit: { A_Expr: expression },
};

function expression(body: A_Expr): Node | undefined {
  const { kind, lexpr, rexpr } = body;
  if (kind !== 'AEXPR_OP' || lexpr === undefined || rexpr === undefined) return undefined;
  switch (nameParts(body.name).at(-1)) {
    case '#':
      return call(['xor'], [lexpr, rexpr]);
    case '||':
      return appended(body, lexpr, rexpr);
    default:
      return undefined;
  }
}

/** An array takes a single element too. */
function appended(body: A_Expr, lexpr: Node, rexpr: Node): Node | undefined {
  if (isArray(lexpr) && isConstant(rexpr))
    return { A_Expr: { ...body, rexpr: { A_ArrayExpr: { elements: [rexpr] } } } };
  if (isArray(rexpr) && isConstant(lexpr))
    return { A_Expr: { ...body, lexpr: { A_ArrayExpr: { elements: [lexpr] } } } };
  return undefined;
}

function isArray(node: Node): boolean {
  return (
    bodyOf(node, 'A_ArrayExpr') !== undefined || bodyOf(node, 'TypeCast')?.typeName?.arrayBounds !== undefined
  );
}

function isConstant(node: Node): boolean {
  return bodyOf(node, 'A_Const') !== undefined || (bodyOf(node, 'TypeCast') !== undefined && !isArray(node));
}
