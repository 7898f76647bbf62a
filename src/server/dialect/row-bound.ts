import type { Node } from 'libpg-query';
import { type Body, bodyOf, integerOf, lastName, nameParts } from './syntax-tree.ts';

/** Why a query gives few rows. */
export interface RowBound {
  /** The only relation of a query that asks for values of `columns`; null where the text alone shows that rows are few. */
  readonly table: string | null;
  readonly columns: readonly string[];
}

const FEW = 2048;
const BY_TEXT: RowBound = Object.freeze({ table: null, columns: Object.freeze([]) });

/** null where any number of rows may come. */
export function rowBound(statement: Node): RowBound | null {
  const select = bodyOf(statement, 'SelectStmt');
  if (select === undefined || (select.op !== undefined && select.op !== 'SETOP_NONE')) return null;
  const limit = select.limitOption === 'LIMIT_OPTION_WITH_TIES' ? undefined : integerOf(select.limitCount);
  if (limit !== undefined && limit <= FEW) return BY_TEXT;
  // A function in the list may give many rows for one.
  if (JSON.stringify(select.targetList ?? []).includes('"FuncCall"')) return null;
  if (select.fromClause === undefined && select.valuesLists === undefined) return BY_TEXT;
  return byEquality(select);
}

function byEquality({ fromClause, whereClause }: Body<'SelectStmt'>): RowBound | null {
  const table = fromClause?.length === 1 ? bodyOf(fromClause[0], 'RangeVar')?.relname : undefined;
  if (table === undefined) return null;
  const columns = conjuncts(whereClause).flatMap(columnOfEquality);
  return columns.length === 0 ? null : Object.freeze({ table, columns: Object.freeze(columns) });
}

function conjuncts(condition: Node | undefined): readonly Node[] {
  if (condition === undefined) return [];
  const both = bodyOf(condition, 'BoolExpr');
  return both?.boolop === 'AND_EXPR' ? (both.args ?? []).flatMap(conjuncts) : [condition];
}

function columnOfEquality(condition: Node): readonly string[] {
  const comparison = bodyOf(condition, 'A_Expr');
  if (comparison?.kind !== 'AEXPR_OP' || lastName(comparison.name) !== '=') return [];
  const column = bodyOf(comparison.lexpr, 'ColumnRef');
  return column === undefined || !isGiven(comparison.rexpr) ? [] : [nameParts(column.fields).at(-1) ?? ''];
}

/** A parameter or a constant, cast or not. */
function isGiven(value: Node | undefined): boolean {
  if (value === undefined) return false;
  if ('ParamRef' in value || 'A_Const' in value) return true;
  return isGiven(bodyOf(value, 'TypeCast')?.arg);
}
