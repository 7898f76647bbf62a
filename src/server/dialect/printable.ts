import type { Node } from 'libpg-query';
import { mapChildren } from './map-children.ts';
import { bodyOf, castTo } from './syntax-tree.ts';

/** Expressions that bind looser than the operators below, all of them boolean. */
const LOOSE_KINDS: ReadonlySet<string> = new Set([
  'AEXPR_DISTINCT',
  'AEXPR_NOT_DISTINCT',
  'AEXPR_IN',
  'AEXPR_LIKE',
  'AEXPR_ILIKE',
  'AEXPR_BETWEEN',
  'AEXPR_NOT_BETWEEN',
]);

/**
 * The tree with a cast to boolean around operands that the deparser prints without the parentheses they need:
 * `(NOT a) IS NULL` would become `NOT (a) IS NULL`. The value stays what it is.
 */
export function printable(node: Node): Node {
  const inner = mapChildren(node, printable);
  const operator = bodyOf(inner, 'A_Expr');
  const wraps = 'NullTest' in inner || 'BooleanTest' in inner || LOOSE_KINDS.has(operator?.kind ?? '');
  return wraps ? mapChildren(inner, tight) : inner;
}

function tight(operand: Node): Node {
  if ('List' in operand) return mapChildren(operand, tight);
  const isLoose =
    'BoolExpr' in operand ||
    'NullTest' in operand ||
    'BooleanTest' in operand ||
    LOOSE_KINDS.has(bodyOf(operand, 'A_Expr')?.kind ?? '');
  return isLoose ? castTo(operand, 'boolean') : operand;
}
