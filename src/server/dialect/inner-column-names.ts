import type { Node, SelectStmt } from 'libpg-query';
import { columnName } from './columns/column-name.ts';
import { bodyOf, nameParts } from './syntax-tree.ts';
import type { Transform } from './transform.ts';

/**
 * Gives the columns of a subquery, a view or a new table the names that PostgreSQL would: DuckDB calls count(*)
 * `count_star()`. Must come before whatever changes the expressions.
 */
export const innerColumnNames: Transform = {
  name: 'inner-column-names',
  visit: {
    SelectStmt: (body) => changed('SelectStmt', body, withOrderedNames(body)),
    RangeSubselect: (body) => changed('RangeSubselect', body, withNamedQuery(body, 'subquery')),
    CommonTableExpr: (body) => changed('CommonTableExpr', body, withNamedQuery(body, 'ctequery')),
    ViewStmt: (body) => changed('ViewStmt', body, withNamedQuery(body, 'query')),
    CreateTableAsStmt: (body) => changed('CreateTableAsStmt', body, withNamedQuery(body, 'query')),
  },
};

function changed<B>(tag: string, before: B, after: B): Node | undefined {
  return after === before ? undefined : ({ [tag]: after } as unknown as Node);
}

function withNamedQuery<K extends string, B extends { readonly [key in K]?: Node }>(body: B, key: K): B {
  const select = bodyOf(body[key], 'SelectStmt');
  if (select === undefined) return body;
  const named = withNames(select, () => true);
  return named === select ? body : { ...body, [key]: { SelectStmt: named } };
}

/** ORDER BY may use the name that a column has without AS. */
function withOrderedNames(body: SelectStmt): SelectStmt {
  const used = (body.sortClause ?? []).map((node) =>
    nameParts(bodyOf(bodyOf(node, 'SortBy')?.node, 'ColumnRef')?.fields),
  );
  const names = new Set(used.filter((parts) => parts.length === 1).map((parts) => parts[0]));
  return names.size === 0 ? body : withNames(body, (name) => names.has(name));
}

function withNames(body: SelectStmt, wanted: (name: string) => boolean): SelectStmt {
  if (body.larg !== undefined) {
    const larg = withNames(body.larg, wanted);
    return larg === body.larg ? body : { ...body, larg };
  }
  const targets = body.targetList ?? [];
  const names = targets.map(impliedName);
  const targetList = targets.map((target, at) => named(target, names, at, wanted));
  return targetList.some((item, at) => item !== targets[at]) ? { ...body, targetList } : body;
}

/** Undefined where the column has a name of its own, or the same in DuckDB. */
function impliedName(target: Node): string | undefined {
  const body = bodyOf(target, 'ResTarget');
  if (body === undefined || body.name !== undefined || bodyOf(body.val, 'ColumnRef') !== undefined)
    return undefined;
  return columnName(body.val);
}

/** Where a name comes twice only the first has it. */
function named(
  target: Node,
  names: readonly (string | undefined)[],
  at: number,
  wanted: (name: string) => boolean,
): Node {
  const body = bodyOf(target, 'ResTarget');
  const name = names[at];
  if (body === undefined || name === undefined || names.indexOf(name) !== at || !wanted(name)) return target;
  return { ResTarget: { ...body, name } };
}
