import type { A_Expr, Node } from 'libpg-query';
import { arrayConstant } from '../array-literal.ts';
import { bodyOf, textOf } from '../syntax-tree.ts';
import type { Transform } from '../transform.ts';

/** `= ANY ('{1,2}')`: a text that stands for an array becomes the array. */
export const arrayComparisons: Transform = {
  name: 'array-comparisons',
  visit: { A_Expr: expression },
};

function expression(body: A_Expr): Node | undefined {
  if (body.kind !== 'AEXPR_OP_ANY' && body.kind !== 'AEXPR_OP_ALL') return undefined;
  const text = textOf(body.rexpr);
  const array = text === undefined ? undefined : arrayConstant(text);
  if (array === undefined) return undefined;
  const elements = (bodyOf(array, 'A_ArrayExpr')?.elements ?? []).map(asNumber);
  return { A_Expr: { ...body, rexpr: { A_ArrayExpr: { elements } } } };
}

function asNumber(element: Node): Node {
  const text = textOf(element) ?? '';
  return /^-?\d{1,9}$/.test(text) ? { A_Const: { ival: { ival: Number(text) } } } : element;
}
