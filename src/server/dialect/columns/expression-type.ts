import type { A_Expr, FuncCall, Node, SubLink, TypeName } from 'libpg-query';
import { catalogFunction } from '../../catalog/catalog-functions.ts';
import { bodyOf, lastName, nameParts } from '../syntax-tree.ts';
import { functionType } from './function-type.ts';
import { columnType, type Scope } from './scope.ts';

const VALUE_TYPES: Readonly<Record<string, string>> = {
  SVFOP_CURRENT_DATE: 'date',
  SVFOP_CURRENT_TIME: 'timetz',
  SVFOP_CURRENT_TIMESTAMP: 'timestamptz',
  SVFOP_LOCALTIME: 'time',
  SVFOP_LOCALTIMESTAMP: 'timestamp',
};

const COMPARISONS: ReadonlySet<string> = new Set([
  '=',
  '<>',
  '!=',
  '<',
  '>',
  '<=',
  '>=',
  '~',
  '!~',
  '~*',
  '!~*',
  '~~',
  '!~~',
  '~~*',
  '!~~*',
]);

/** The PostgreSQL type of an expression where the catalogue or the text itself tells it; null where DuckDB is to be asked. */
export function expressionType(node: Node | undefined, scope: Scope): string | null {
  if (node === undefined) return null;
  if ('ColumnRef' in node) return referenceType(nameParts(node.ColumnRef.fields), scope);
  if ('TypeCast' in node) return typeNameOf(node.TypeCast.typeName);
  if ('FuncCall' in node) return callType(node.FuncCall, scope);
  if ('A_Expr' in node) return operatorType(node.A_Expr, scope);
  if ('CaseExpr' in node)
    return commonType([...caseResults(node.CaseExpr.args), node.CaseExpr.defresult], scope);
  if ('CoalesceExpr' in node) return commonType(node.CoalesceExpr.args ?? [], scope);
  if ('MinMaxExpr' in node) return commonType(node.MinMaxExpr.args ?? [], scope);
  if ('SubLink' in node) return subqueryType(node.SubLink, scope);
  if ('CollateClause' in node) return expressionType(node.CollateClause.arg, scope);
  if ('A_Indirection' in node) return elementType(node.A_Indirection, scope);
  if ('A_ArrayExpr' in node) return arrayOf(commonType(node.A_ArrayExpr.elements ?? [], scope));
  return plainType(node);
}

const SYSTEM_COLUMNS: Readonly<Record<string, string>> = { tableoid: 'oid', xmin: 'xid', xmax: 'xid' };

function referenceType(parts: readonly string[], scope: Scope): string | null {
  return columnType(parts, scope) ?? SYSTEM_COLUMNS[parts.at(-1) ?? ''] ?? null;
}

function plainType(node: Node): string | null {
  if ('BoolExpr' in node || 'NullTest' in node || 'BooleanTest' in node) return 'bool';
  if ('SQLValueFunction' in node) return VALUE_TYPES[node.SQLValueFunction.op ?? ''] ?? 'name';
  const constant = bodyOf(node, 'A_Const');
  if (constant === undefined) return null;
  if (constant.sval !== undefined || constant.isnull === true) return 'text';
  if (constant.ival !== undefined) return 'int4';
  return constant.boolval === undefined ? null : 'bool';
}

export function typeNameOf(typeName: TypeName | undefined): string | null {
  const name = lastName(typeName?.names);
  if (name === '' || nameParts(typeName?.names).length > 2) return null;
  return typeName?.arrayBounds === undefined ? name : `_${name}`;
}

function callType(body: FuncCall, scope: Scope): string | null {
  const name = lastName(body.funcname);
  const args = (body.args ?? []).map((arg) => expressionType(arg, scope));
  return catalogFunction(name)?.returns ?? functionType(name, args);
}

function operatorType({ kind, name, lexpr, rexpr }: A_Expr, scope: Scope): string | null {
  const operator = nameParts(name).at(-1) ?? '';
  if (kind === 'AEXPR_NULLIF') return expressionType(lexpr, scope);
  if (kind !== 'AEXPR_OP' || COMPARISONS.has(operator)) return 'bool';
  const sides = [lexpr, rexpr].map((side) => expressionType(side, scope));
  if (operator === '||')
    return sides.find((side) => side?.startsWith('_')) ?? (sides.includes('jsonb') ? 'jsonb' : 'text');
  if (operator === '->>' || operator === '#>>') return 'text';
  return ['+', '-', '*', '/', '%'].includes(operator) ? arithmeticType(sides) : null;
}

const NUMBERS = ['int2', 'int4', 'int8', 'numeric', 'float4', 'float8'];

/** The wider of two numbers; what a sign stands before keeps its type. */
function arithmeticType(sides: readonly (string | null)[]): string | null {
  const ranks = sides.map((side) => NUMBERS.indexOf(side ?? ''));
  if (ranks.some((rank) => rank < 0)) return null;
  const widest = NUMBERS[Math.max(...ranks)] ?? null;
  return widest === 'float4' && sides[0] !== sides[1] ? 'float8' : widest;
}

function caseResults(branches: readonly Node[] | undefined): readonly (Node | undefined)[] {
  return (branches ?? []).map((branch) => bodyOf(branch, 'CaseWhen')?.result);
}

/** A bare text or NULL takes the type of its companions. */
function commonType(nodes: readonly (Node | undefined)[], scope: Scope): string | null {
  const present = nodes.filter((node) => node !== undefined);
  const typed = present.filter((node) => !isUntyped(node));
  if (typed.length === 0) return present.length === 0 ? null : 'text';
  const types = typed.map((node) => expressionType(node, scope));
  if (types.every((type) => type === types[0])) return types[0] ?? null;
  if (types.includes('oid')) return 'oid';
  return ['text', 'varchar'].find((type) => types.includes(type)) ?? arithmeticType(types);
}

function isUntyped(node: Node): boolean {
  const constant = bodyOf(node, 'A_Const');
  return constant !== undefined && (constant.sval !== undefined || constant.isnull === true);
}

function subqueryType({ subLinkType, subselect }: SubLink, scope: Scope): string | null {
  if (subLinkType !== 'EXPR_SUBLINK' && subLinkType !== 'ARRAY_SUBLINK') return 'bool';
  const select = bodyOf(subselect, 'SelectStmt');
  const type = select === undefined ? null : (scope.columnsOf(select, scope)?.[0]?.type ?? null);
  return subLinkType === 'ARRAY_SUBLINK' ? arrayOf(type) : type;
}

export function arrayOf(type: string | null): string | null {
  return type === null || type.startsWith('_') ? type : `_${type}`;
}

function elementType(
  { arg, indirection = [] }: { arg?: Node; indirection?: readonly Node[] },
  scope: Scope,
): string | null {
  const field = lastName(indirection.slice(-1));
  if (lastName(bodyOf(arg, 'FuncCall')?.funcname) === '_pg_expandarray')
    return field === 'n' ? 'int4' : 'int2';
  const type = expressionType(arg, scope);
  const indices = bodyOf(indirection[0], 'A_Indices');
  if (type === null || indices === undefined || indirection.length !== 1) return null;
  if (indices.is_slice === true) return type;
  if (type === 'int2vector' || type === 'oidvector') return type === 'int2vector' ? 'int2' : 'oid';
  return type.startsWith('_') ? type.slice(1) : null;
}
