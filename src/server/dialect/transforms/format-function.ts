import type { FuncCall, Node } from 'libpg-query';
import { catalogCall } from '../catalog-call.ts';
import { call, castTo, integerConstant, lastName, stringNode, textConstant, textOf } from '../syntax-tree.ts';
import type { Transform } from '../transform.ts';

const DIRECTIVE = /%(?:(\d+)\$)?(-)?(\d+)?([sIL%])/g;

/** format('%s = %L', …) with a constant format: a concatenation. DuckDB's own format() has another syntax. */
export const formatFunction: Transform = {
  name: 'format-function',
  visit: { FuncCall: format },
};

function format({ funcname, args = [], func_variadic }: FuncCall): Node | undefined {
  const text = textOf(args[0]);
  if (lastName(funcname) !== 'format' || text === undefined || func_variadic === true || /\{/.test(text))
    return undefined;
  const parts: Node[] = [];
  let [from, next] = [0, 1];
  for (const match of text.matchAll(DIRECTIVE)) {
    const [whole, position, minus, width, kind] = match;
    if (match.index > from) parts.push(textConstant(text.slice(from, match.index)));
    from = match.index + whole.length;
    if (kind === '%') {
      parts.push(textConstant('%'));
      continue;
    }
    const at = position === undefined ? next : Number(position);
    next = at + 1;
    const value = args[at];
    if (value === undefined) return undefined;
    parts.push(padded(directive(kind, value), Number(width ?? 0), minus !== undefined));
  }
  parts.push(textConstant(text.slice(from)));
  const [first = textConstant(''), ...rest] = parts;
  return rest.reduce<Node>(
    (lexpr, rexpr) => ({ A_Expr: { kind: 'AEXPR_OP', name: [stringNode('||')], lexpr, rexpr } }),
    first,
  );
}

function directive(kind: string | undefined, value: Node): Node {
  if (kind === 'I') return catalogCall('quote_ident', [castTo(value, 'text')]);
  if (kind === 'L') return catalogCall('quote_nullable', [castTo(value, 'text')]);
  return { CoalesceExpr: { args: [castTo(value, 'text'), textConstant('')] } };
}

function padded(value: Node, width: number, left: boolean): Node {
  if (width === 0) return value;
  const missing: Node = {
    MinMaxExpr: {
      op: 'IS_GREATEST',
      args: [
        {
          A_Expr: {
            kind: 'AEXPR_OP',
            name: [stringNode('-')],
            lexpr: integerConstant(width),
            rexpr: call(['length'], [value]),
          },
        },
        integerConstant(0),
      ],
    },
  };
  const fill = call(['repeat'], [textConstant(' '), missing]);
  const [lexpr, rexpr] = left ? [value, fill] : [fill, value];
  return { A_Expr: { kind: 'AEXPR_OP', name: [stringNode('||')], lexpr, rexpr } };
}
