import type { FuncCall, Node } from 'libpg-query';
import {
  bodyOf,
  call,
  castTo,
  lastName,
  nameParts,
  stringNode,
  textConstant,
  textOf,
} from '../syntax-tree.ts';
import type { A_Expr } from 'libpg-query';
import type { Transform } from '../transform.ts';

/** json_agg keeps its ORDER BY, DISTINCT and FILTER; paths given as arguments; `||` of json. */
export const jsonFunctions: Transform = {
  name: 'json-functions',
  visit: { FuncCall: functionCall, A_Expr: concatenation },
};

function functionCall(body: FuncCall): Node | undefined {
  const args = body.args ?? [];
  const [json, ...path] = args;
  switch (lastName(body.funcname)) {
    case 'json_agg':
    case 'jsonb_agg':
      return call(['to_json'], [{ FuncCall: { ...body, funcname: [stringNode('list')] } }]);
    case 'json_extract_path_text':
    case 'jsonb_extract_path_text':
      return json === undefined ? undefined : atPath(json, path, '->>');
    case 'json_extract_path':
    case 'jsonb_extract_path':
      return json === undefined ? undefined : atPath(json, path, '->');
    default:
      return undefined;
  }
}

function atPath(json: Node, path: readonly Node[], operator: string): Node | undefined {
  const names = path.map((step) => textOf(step));
  if (names.some((name) => name === undefined)) return undefined;
  const pointer = textConstant(names.map((name) => `/${name ?? ''}`).join(''));
  return {
    A_Expr: { kind: 'AEXPR_OP', name: [stringNode(operator)], lexpr: castTo(json, 'json'), rexpr: pointer },
  };
}

function concatenation({ kind, name, lexpr, rexpr }: A_Expr): Node | undefined {
  if (kind !== 'AEXPR_OP' || nameParts(name).at(-1) !== '||' || lexpr === undefined || rexpr === undefined)
    return undefined;
  return [lexpr, rexpr].some(isJson) ? call(['json_merge_patch'], [lexpr, rexpr]) : undefined;
}

function isJson(node: Node): boolean {
  const type = nameParts(bodyOf(node, 'TypeCast')?.typeName?.names).at(-1) ?? '';
  return type === 'json' || type === 'jsonb';
}
