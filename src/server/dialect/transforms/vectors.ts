import type { A_Indirection, FuncCall, Node } from 'libpg-query';
import { VECTOR_COLUMNS } from '../registered-names.ts';
import { bodyOf, integerConstant, integerOf, lastName, stringNode } from '../syntax-tree.ts';
import type { Transform } from '../transform.ts';

const SUBSCRIPTS: ReadonlySet<string> = new Set(['generate_subscripts', 'array_upper', 'array_lower']);

/** The arrays of pg_index and their like start at 0 in PostgreSQL, DuckDB's lists at 1. */
export const vectors: Transform = {
  name: 'vectors',
  visit: { A_Indirection: subscript, FuncCall: subscripts },
};

function subscript(body: A_Indirection): Node | undefined {
  if (!isVector(body.arg)) return undefined;
  const indirection = (body.indirection ?? []).map(shifted);
  return { A_Indirection: { ...body, indirection } };
}

function shifted(step: Node): Node {
  const indices = bodyOf(step, 'A_Indices');
  if (indices?.uidx === undefined || indices.is_slice === true) return step;
  const constant = integerOf(indices.uidx);
  return {
    A_Indices: {
      ...indices,
      uidx: constant === undefined ? sum(indices.uidx, 1) : integerConstant(constant + 1),
    },
  };
}

function subscripts(body: FuncCall): Node | undefined {
  if (!SUBSCRIPTS.has(lastName(body.funcname)) || !isVector(body.args?.[0])) return undefined;
  return sum({ FuncCall: body }, -1);
}

function isVector(node: Node | undefined): boolean {
  return VECTOR_COLUMNS.has(lastName(bodyOf(node, 'ColumnRef')?.fields));
}

function sum(lexpr: Node, by: number): Node {
  return {
    A_Expr: {
      kind: 'AEXPR_OP',
      name: [stringNode(by < 0 ? '-' : '+')],
      lexpr,
      rexpr: integerConstant(Math.abs(by)),
    },
  };
}
