import type { Node, SubLink } from 'libpg-query';
import { bodyOf, lastName } from '../syntax-tree.ts';

/** A weak name (of a cast's type, of CASE) gives way to a stronger one around it. */
interface Found {
  readonly name: string;
  readonly weak: boolean;
}

const VALUE_FUNCTIONS: Readonly<Record<string, string>> = {
  SVFOP_CURRENT_DATE: 'current_date',
  SVFOP_CURRENT_TIME: 'current_time',
  SVFOP_CURRENT_TIME_N: 'current_time',
  SVFOP_CURRENT_TIMESTAMP: 'current_timestamp',
  SVFOP_CURRENT_TIMESTAMP_N: 'current_timestamp',
  SVFOP_LOCALTIME: 'localtime',
  SVFOP_LOCALTIME_N: 'localtime',
  SVFOP_LOCALTIMESTAMP: 'localtimestamp',
  SVFOP_LOCALTIMESTAMP_N: 'localtimestamp',
  SVFOP_CURRENT_ROLE: 'current_role',
  SVFOP_CURRENT_USER: 'current_user',
  SVFOP_USER: 'user',
  SVFOP_SESSION_USER: 'session_user',
  SVFOP_CURRENT_CATALOG: 'current_catalog',
  SVFOP_CURRENT_SCHEMA: 'current_schema',
};

/** The name that PostgreSQL gives to a result column without AS (FigureColname in its parser). */
export function columnName(expression: Node | undefined): string {
  return find(expression)?.name ?? '?column?';
}

function find(node: Node | undefined): Found | undefined {
  if (node === undefined) return undefined;
  if ('ColumnRef' in node) return strong(lastString(node.ColumnRef.fields));
  if ('A_Indirection' in node)
    return strong(lastString(node.A_Indirection.indirection)) ?? find(node.A_Indirection.arg);
  if ('FuncCall' in node) return strong(writtenName(lastName(node.FuncCall.funcname)));
  if ('TypeCast' in node) return strongOr(find(node.TypeCast.arg), lastName(node.TypeCast.typeName?.names));
  if ('CollateClause' in node) return find(node.CollateClause.arg);
  if ('CaseExpr' in node) return strongOr(find(node.CaseExpr.defresult), 'case');
  if ('SubLink' in node) return findInSubquery(node.SubLink);
  if ('SQLValueFunction' in node) return strong(VALUE_FUNCTIONS[node.SQLValueFunction.op ?? '']);
  return strong(fixedName(node));
}

/** A semantic aggregate over a list that is made for it has the name that was written. */
function writtenName(name: string): string {
  return name.replace(/ list$/, '');
}

function fixedName(node: Node): string | undefined {
  if ('A_ArrayExpr' in node) return 'array';
  if ('CoalesceExpr' in node) return 'coalesce';
  if ('RowExpr' in node) return 'row';
  if ('GroupingFunc' in node) return 'grouping';
  if ('MinMaxExpr' in node) return node.MinMaxExpr.op === 'IS_LEAST' ? 'least' : 'greatest';
  if ('A_Expr' in node) return node.A_Expr.kind === 'AEXPR_NULLIF' ? 'nullif' : undefined;
  return undefined;
}

function findInSubquery({ subLinkType, subselect }: SubLink): Found | undefined {
  if (subLinkType === 'EXISTS_SUBLINK') return strong('exists');
  if (subLinkType === 'ARRAY_SUBLINK') return strong('array');
  if (subLinkType !== 'EXPR_SUBLINK') return undefined;
  const target = bodyOf(bodyOf(subselect, 'SelectStmt')?.targetList?.[0], 'ResTarget');
  return strong(target?.name) ?? find(target?.val);
}

function strong(name: string | undefined): Found | undefined {
  return name === undefined || name === '' ? undefined : { name, weak: false };
}

function strongOr(found: Found | undefined, name: string): Found {
  return found !== undefined && !found.weak ? found : { name, weak: true };
}

function lastString(nodes: readonly Node[] | undefined): string | undefined {
  return (nodes ?? []).map((node) => bodyOf(node, 'String')?.sval).findLast((name) => name !== undefined);
}
