import type { Node } from 'libpg-query';
import { bodyOf, integerOf, lastName } from '../dialect/syntax-tree.ts';
import type { Body } from '../dialect/syntax-tree.ts';
import { FilterTranslation } from './filter-translation.ts';
import type { ParameterValue } from './filter-translation.ts';
import { nodesOf } from './statement-tree.ts';
import { usedColumns } from './used-columns.ts';
import type { VirtualColumn, VirtualTable } from './virtual-table.ts';

/** What to read of a table so that a statement gives the same rows as over all of it. */
export interface ReadPlan {
  readonly columns: readonly VirtualColumn[];
  /** ClickHouse's WHERE, ORDER BY and LIMIT; empty for all rows. */
  readonly clauses: string;
  readonly parameters: Readonly<Record<string, string | readonly string[]>>;
}

type Select = Body<'SelectStmt'>;

export function wholeTable(table: VirtualTable): ReadPlan {
  return { columns: table.columns, clauses: '', parameters: {} };
}

/** Where the statement names the table once, alone after a FROM, what that SELECT filters is filtered at the source. */
export function planRead(
  statement: Node | null,
  table: VirtualTable,
  values: readonly ParameterValue[],
): ReadPlan {
  if (statement === null) return wholeTable(table);
  const columns = usedColumns(statement, table);
  const select = onlySelectOf(statement, table);
  if (select === undefined) return { columns, clauses: '', parameters: {} };
  const alias = bodyOf(select.fromClause?.[0], 'RangeVar')?.alias?.aliasname ?? table.name;
  const filter = new FilterTranslation(table, alias, values);
  const { clause, complete } = filterRows(select.whereClause, filter);
  const top = complete ? topOf(select, filter) : '';
  return { columns, clauses: `${clause}${top}`, parameters: filter.parameters };
}

/** ClickHouse's WHERE for the conditions it can take; `complete` where these are all. */
export function filterRows(
  where: Node | undefined,
  filter: FilterTranslation,
): { readonly clause: string; readonly complete: boolean } {
  const conjuncts = conjunctsOf(where).map((conjunct) => filter.translate(conjunct));
  const known = conjuncts.filter((conjunct) => conjunct !== null);
  const clause = known.length === 0 ? '' : ` WHERE ${known.join(' AND ')}`;
  return { clause, complete: known.length === conjuncts.length };
}

/** How often a statement names the table. */
export function countMentions(statement: Node, table: VirtualTable): number {
  return [...nodesOf({ statement })].filter(
    ({ tag, body }) => tag === 'RangeVar' && String(body.relname).toLowerCase() === table.name,
  ).length;
}

function onlySelectOf(statement: Node, table: VirtualTable): Select | undefined {
  if (countMentions(statement, table) !== 1) return undefined;
  const selects = [...nodesOf({ statement })].filter(({ tag }) => tag === 'SelectStmt');
  return selects.map(({ body }) => body as Select).find((select) => readsOnly(select, table));
}

function readsOnly(select: Select, table: VirtualTable): boolean {
  const [first, second] = select.fromClause ?? [];
  const relation = bodyOf(first, 'RangeVar');
  return second === undefined && relation?.relname === table.name && relation.alias?.colnames === undefined;
}

function conjunctsOf(where: Node | undefined): readonly Node[] {
  if (where === undefined) return [];
  const boolean = bodyOf(where, 'BoolExpr');
  if (boolean?.boolop !== 'AND_EXPR') return [where];
  return (boolean.args ?? []).flatMap(conjunctsOf);
}

/** ORDER BY … LIMIT, where nothing stands between the rows and them. */
function topOf(select: Select, filter: FilterTranslation): string {
  const count = integerOf(select.limitCount);
  const skipped = select.limitOffset === undefined ? 0 : integerOf(select.limitOffset);
  if (count === undefined || skipped === undefined || !isPlain(select)) return '';
  const keys = (select.sortClause ?? []).map((key) => sortKey(key, select, filter));
  if (keys.some((key) => key === null)) return '';
  return `${keys.length === 0 ? '' : ` ORDER BY ${keys.join(', ')}`} LIMIT ${count + skipped}`;
}

/** A function may aggregate, number rows or multiply them. */
function isPlain(select: Select): boolean {
  const shaped = select.groupClause ?? select.havingClause ?? select.distinctClause ?? select.windowClause;
  if (shaped !== undefined || select.limitOption !== 'LIMIT_OPTION_COUNT') return false;
  return ![...nodesOf({ targets: select.targetList })].some(
    ({ tag }) => tag === 'FuncCall' || tag === 'SubLink',
  );
}

function sortKey(node: Node, select: Select, filter: FilterTranslation): string | null {
  const key = bodyOf(node, 'SortBy');
  const column = filter.column(key?.node);
  if (key === undefined || column === undefined || column.nullable || column.type === 'VARCHAR[]')
    return null;
  if (isRenamed(column.name, select) || key.sortby_dir === 'SORTBY_USING') return null;
  return `${column.name} ${key.sortby_dir === 'SORTBY_DESC' ? 'DESC' : 'ASC'}`;
}

/** ORDER BY means the output column of that name, where there is one. */
function isRenamed(name: string, select: Select): boolean {
  return (select.targetList ?? []).some((node) => {
    const target = bodyOf(node, 'ResTarget');
    return target?.name === name && lastName(bodyOf(target.val, 'ColumnRef')?.fields) !== name;
  });
}
