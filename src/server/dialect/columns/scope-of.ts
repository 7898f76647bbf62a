import type { Alias, Node, SelectStmt, WithClause } from 'libpg-query';
import { catalogFunction } from '../../catalog/catalog-functions.ts';
import { systemRelations } from '../../catalog/system-relations.ts';
import { bodyOf, lastName, nameParts } from '../syntax-tree.ts';
import { FUNCTION_COLUMNS } from '../function-columns.ts';
import { expressionType } from './expression-type.ts';
import { functionType } from './function-type.ts';
import type { KnownColumn, Scope, ScopeEntry } from './scope.ts';

/** What the names in a query stand for. */
export function scopeOf(select: SelectStmt, outer: Scope): Scope {
  const base: Scope = { ...outer, entries: [], commonTables: commonTables(select.withClause, outer), outer };
  return { ...base, entries: (select.fromClause ?? []).flatMap((item) => entriesOf(item, base)) };
}

function commonTables(clause: WithClause | undefined, outer: Scope): Scope['commonTables'] {
  const tables = new Map(outer.commonTables);
  for (const node of clause?.ctes ?? []) {
    const cte = bodyOf(node, 'CommonTableExpr');
    if (cte?.ctename === undefined) continue;
    const columns = queryColumns(cte.ctequery, { ...outer, entries: [], commonTables: tables, outer });
    tables.set(cte.ctename, renamed(columns, nameParts(cte.aliascolnames)));
  }
  return tables;
}

function entriesOf(item: Node, scope: Scope): readonly ScopeEntry[] {
  if ('JoinExpr' in item) {
    const { larg, rarg } = item.JoinExpr;
    return [larg, rarg].flatMap((side) => (side === undefined ? [] : entriesOf(side, scope)));
  }
  if ('RangeVar' in item) return [relationEntry(item.RangeVar, scope)];
  if ('RangeSubselect' in item) {
    const { alias, subquery } = item.RangeSubselect;
    return [aliased(alias, '', queryColumns(subquery, scope))];
  }
  if ('RangeFunction' in item) return [functionEntry(item.RangeFunction, scope)];
  return [{ alias: '', columns: null }];
}

function relationEntry(
  { schemaname, relname = '', alias }: { schemaname?: string; relname?: string; alias?: Alias },
  scope: Scope,
) {
  const common = schemaname === undefined ? scope.commonTables.get(relname) : undefined;
  const columns = common ?? systemRelations.get(`${schemaname ?? 'pg_catalog'}.${relname}`)?.columns ?? null;
  return aliased(alias, relname, common === null ? null : columns);
}

function functionEntry(
  { functions = [], alias }: { functions?: readonly Node[]; alias?: Alias },
  scope: Scope,
): ScopeEntry {
  const call = bodyOf(bodyOf(functions[0], 'List')?.items?.[0], 'FuncCall');
  const name = lastName(call?.funcname);
  const args = (call?.args ?? []).map((arg) => expressionType(arg, { ...scope, entries: [], outer: null }));
  const type = catalogFunction(name)?.returns ?? functionType(name, args);
  return aliased(
    alias,
    name,
    type === null ? null : [{ name: FUNCTION_COLUMNS[name] ?? alias?.aliasname ?? name, type }],
  );
}

function aliased(alias: Alias | undefined, name: string, columns: readonly KnownColumn[] | null): ScopeEntry {
  return { alias: alias?.aliasname ?? name, columns: renamed(columns, nameParts(alias?.colnames)) };
}

function renamed(
  columns: readonly KnownColumn[] | null,
  names: readonly string[],
): readonly KnownColumn[] | null {
  return columns?.map((column, at) => ({ ...column, name: names[at] ?? column.name })) ?? null;
}

/** Null where a star hides what the columns are. */
function queryColumns(query: Node | undefined, scope: Scope): readonly KnownColumn[] | null {
  const select = bodyOf(query, 'SelectStmt');
  const columns = select === undefined ? null : scope.columnsOf(select, scope);
  if (columns === null || columns.some(({ star }) => star)) return null;
  return columns.map(({ name, type }) => ({ name: name ?? '', type }));
}
