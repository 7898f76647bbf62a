import type { A_Const, A_Expr, Node } from 'libpg-query';
import { catalogCall } from '../catalog-call.ts';
import { bodyOf, nameParts } from '../syntax-tree.ts';
import type { Transform } from '../transform.ts';

/** DuckDB gives NULL for a division by zero, PostgreSQL an error. */
export const division: Transform = {
  name: 'division',
  visit: { A_Expr: expression },
};

function expression(body: A_Expr): Node | undefined {
  const operator = nameParts(body.name).at(-1);
  if (body.kind !== 'AEXPR_OP' || (operator !== '/' && operator !== '%')) return undefined;
  const { lexpr, rexpr } = body;
  if (lexpr === undefined || rexpr === undefined || isNonZero(rexpr)) return undefined;
  return { A_Expr: { ...body, rexpr: catalogCall('_divisor', [rexpr]) } };
}

function isNonZero(node: Node): boolean {
  const constant: A_Const | undefined = bodyOf(node, 'A_Const');
  if (constant?.ival !== undefined) return (constant.ival.ival ?? 0) !== 0;
  return constant?.fval !== undefined && Number(constant.fval.fval) !== 0;
}
