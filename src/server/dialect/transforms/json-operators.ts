import type { A_Expr, Node } from 'libpg-query';
import { arrayConstant } from '../array-literal.ts';
import { bodyOf, call, nameParts, stringNode, textConstant, textOf } from '../syntax-tree.ts';
import type { Transform } from '../transform.ts';

/** Operators on json that DuckDB has as functions: `#>`, `#>>`, `?`, `@>`. */
export const jsonOperators: Transform = {
  name: 'json-operators',
  visit: { A_Expr: expression },
};

function expression(body: A_Expr): Node | undefined {
  const { kind, lexpr, rexpr } = body;
  if (kind !== 'AEXPR_OP' || lexpr === undefined || rexpr === undefined) return undefined;
  switch (nameParts(body.name).at(-1)) {
    case '#>':
      return atPath(body, '->', rexpr);
    case '#>>':
      return atPath(body, '->>', rexpr);
    case '?':
      return hasKey(lexpr, rexpr);
    case '@>':
      return isJson(rexpr) || isJson(lexpr) ? call(['json_contains'], [lexpr, rexpr]) : undefined;
    case '<@':
      return isJson(rexpr) || isJson(lexpr) ? call(['json_contains'], [rexpr, lexpr]) : undefined;
    default:
      return undefined;
  }
}

/** A path as JSON Pointer. */
function atPath(body: A_Expr, operator: string, path: Node): Node | undefined {
  const text = textOf(path) ?? '';
  const elements = bodyOf(arrayConstant(text) ?? path, 'A_ArrayExpr')?.elements?.map((element) =>
    textOf(element),
  );
  if (elements === undefined || elements.some((element) => element === undefined)) return undefined;
  const pointer = elements
    .map((element) => `/${(element ?? '').replaceAll('~', '~0').replaceAll('/', '~1')}`)
    .join('');
  return { A_Expr: { ...body, name: [stringNode(operator)], rexpr: textConstant(pointer) } };
}

function hasKey(json: Node, key: Node): Node {
  const found = call(['list_contains'], [call(['json_keys'], [json]), key]);
  return found;
}

function isJson(node: Node): boolean {
  const type = nameParts(bodyOf(node, 'TypeCast')?.typeName?.names).at(-1);
  if (type === 'json' || type === 'jsonb') return true;
  const text = textOf(node);
  return text !== undefined && /^\s*[[{]/.test(text) && isJsonText(text);
}

function isJsonText(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
