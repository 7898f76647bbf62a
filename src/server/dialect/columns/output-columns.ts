import type { ColumnRef, Node, SelectStmt } from 'libpg-query';
import { bodyOf, nameParts } from '../syntax-tree.ts';
import { columnName } from './column-name.ts';
import { expressionType } from './expression-type.ts';
import type { OutputColumn } from './output-column.ts';
import type { Scope } from './scope.ts';
import { scopeOf } from './scope-of.ts';

/** Around everything. */
export const EMPTY_SCOPE: Scope = Object.freeze({
  entries: Object.freeze([]),
  commonTables: new Map(),
  outer: null,
  columnsOf: (select: SelectStmt, outer: Scope) => outputColumns(select, outer),
});

/** The columns of a query; null where nothing can be said. */
export function outputColumns(select: SelectStmt, outer: Scope): readonly OutputColumn[] | null {
  if (select.larg !== undefined) return outputColumns(withClauseOf(select, select.larg), outer);
  const values = bodyOf(select.valuesLists?.[0], 'List')?.items;
  const scope = scopeOf(select, outer);
  if (values !== undefined) return values.map((value, at) => column(`column${at + 1}`, value, scope));
  return (select.targetList ?? []).flatMap((target) => targetColumns(target, scope));
}

/** The columns of a RETURNING list: the table's own are DuckDB's to tell. */
export function returnedColumns(targets: readonly Node[], scope: Scope): readonly OutputColumn[] {
  return targets.flatMap((target) => targetColumns(target, scope));
}

function withClauseOf({ withClause }: SelectStmt, arm: SelectStmt): SelectStmt {
  return withClause === undefined || arm.withClause !== undefined ? arm : { ...arm, withClause };
}

function targetColumns(target: Node, scope: Scope): readonly OutputColumn[] {
  const { name, val } = bodyOf(target, 'ResTarget') ?? {};
  const reference = bodyOf(val, 'ColumnRef');
  if (reference !== undefined && isStar(reference)) return starColumns(reference, scope);
  return [column(name ?? columnName(val), val, scope)];
}

function column(name: string, value: Node | undefined, scope: Scope): OutputColumn {
  return { name, type: expressionType(value, scope), star: false };
}

function isStar({ fields = [] }: ColumnRef): boolean {
  const last = fields.at(-1);
  return last !== undefined && 'A_Star' in last;
}

const UNKNOWN_STAR: OutputColumn = { name: null, type: null, star: true };

function starColumns({ fields }: ColumnRef, { entries }: Scope): readonly OutputColumn[] {
  const parts = nameParts(fields);
  const alias = parts.at(-2);
  const meant = alias === undefined ? entries : entries.filter((entry) => entry.alias === alias);
  if (meant.length === 0) return [UNKNOWN_STAR];
  return meant.flatMap(
    ({ columns }) => columns?.map((known) => ({ ...known, star: false })) ?? [UNKNOWN_STAR],
  );
}
