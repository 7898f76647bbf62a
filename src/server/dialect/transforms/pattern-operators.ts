import type { A_Expr, Node } from 'libpg-query';
import { catalogCall } from '../catalog-call.ts';
import { call, nameParts, not, stringNode, textConstant, textOf } from '../syntax-tree.ts';
import type { Transform } from '../transform.ts';

/** PostgreSQL's regular expression operators match anywhere in the text; DuckDB's `~` wants the whole. */
const REGULAR: Readonly<Record<string, { readonly negated: boolean; readonly options?: string }>> = {
  '~': { negated: false },
  '!~': { negated: true },
  '~*': { negated: false, options: 'i' },
  '!~*': { negated: true, options: 'i' },
};

/** The functions with an escape character: in PostgreSQL a backslash escapes unless another character is named. */
const LIKE: Readonly<Record<string, string>> = {
  '~~': 'like_escape',
  '!~~': 'not_like_escape',
  '~~*': 'ilike_escape',
  '!~~*': 'not_ilike_escape',
};

const LIKE_ANY: Readonly<Record<string, string>> = {
  '~~': '_like_any',
  '~~*': '_ilike_any',
  '!~~': '_not_like_any',
  '!~~*': '_not_ilike_any',
};

const LIKE_ALL: Readonly<Record<string, string>> = {
  '~~': '_like_all',
  '~~*': '_ilike_all',
  '!~~': '_not_like_all',
  '!~~*': '_not_ilike_all',
};

export const patternOperators: Transform = {
  name: 'pattern-operators',
  visit: { A_Expr: expression },
};

function expression(body: A_Expr): Node | undefined {
  const { kind, lexpr, rexpr } = body;
  const operator = nameParts(body.name).at(-1) ?? '';
  if (rexpr === undefined) return undefined;
  if (lexpr !== undefined && (kind === 'AEXPR_OP_ANY' || kind === 'AEXPR_OP_ALL')) {
    return overArray(kind, operator, lexpr, rexpr) ?? withoutSchema(body);
  }
  if (lexpr === undefined) return withoutSchema(body);
  const regular = REGULAR[operator];
  if (kind === 'AEXPR_OP' && regular !== undefined) return regularMatch(regular, lexpr, rexpr);
  const escaped = kind === 'AEXPR_SIMILAR' ? undefined : LIKE[operator];
  return escaped === undefined ? withoutSchema(body) : likeMatch(escaped, lexpr, rexpr);
}

function regularMatch(
  { negated, options }: { negated: boolean; options?: string },
  text: Node,
  pattern: Node,
): Node {
  const match = call(
    ['regexp_matches'],
    [text, pattern, ...(options === undefined ? [] : [textConstant(options)])],
  );
  return negated ? not(match) : match;
}

/** A constant pattern without a backslash means the same to both and keeps its bytes. */
function likeMatch(name: string, text: Node, pattern: Node): Node | undefined {
  const escape = escapeArguments(pattern);
  if (escape !== undefined) return call([name], [text, ...escape]);
  const constant = textOf(pattern);
  return constant !== undefined && !constant.includes('\\')
    ? undefined
    : call([name], [text, pattern, textConstant('\\')]);
}

function escapeArguments(pattern: Node): readonly Node[] | undefined {
  if (!('FuncCall' in pattern)) return undefined;
  const { funcname, args = [] } = pattern.FuncCall;
  return nameParts(funcname).at(-1) === 'like_escape' && args.length === 2 ? args : undefined;
}

function overArray(kind: string, operator: string, text: Node, patterns: Node): Node | undefined {
  const name = (kind === 'AEXPR_OP_ANY' ? LIKE_ANY : LIKE_ALL)[operator];
  if (name !== undefined) return catalogCall(name, [text, patterns]);
  const regular = REGULAR[operator];
  if (regular === undefined || kind !== 'AEXPR_OP_ANY') return undefined;
  return catalogCall('_regexp_any', [
    text,
    patterns,
    textConstant(regular.options === undefined ? '' : '(?i)'),
    { A_Const: { boolval: { boolval: regular.negated } } },
  ]);
}

/** OPERATOR(pg_catalog.=) */
function withoutSchema(body: A_Expr): Node | undefined {
  const parts = nameParts(body.name);
  return parts.length > 1 && parts[0] === 'pg_catalog'
    ? { A_Expr: { ...body, name: [stringNode(parts.at(-1) ?? '')] } }
    : undefined;
}
