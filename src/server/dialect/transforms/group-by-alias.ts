import type { Node, SelectStmt } from 'libpg-query';
import { bodyOf, nameParts } from '../syntax-tree.ts';
import type { Transform } from '../transform.ts';

/** GROUP BY the name of an output column that is also the name of a table: DuckDB would group by the table's rows. */
export const groupByAlias: Transform = {
  name: 'group-by-alias',
  visit: { SelectStmt: select },
};

function select(body: SelectStmt): Node | undefined {
  const tables = new Set((body.fromClause ?? []).flatMap(aliases));
  const groups = body.groupClause ?? [];
  const next = groups.map((group) => {
    const parts = nameParts(bodyOf(group, 'ColumnRef')?.fields);
    const [name] = parts;
    return parts.length === 1 && name !== undefined && tables.has(name)
      ? (expressionOf(name, body) ?? group)
      : group;
  });
  return next.some((group, at) => group !== groups[at])
    ? { SelectStmt: { ...body, groupClause: next } }
    : undefined;
}

function expressionOf(name: string, { targetList = [] }: SelectStmt): Node | undefined {
  return targetList.map((target) => bodyOf(target, 'ResTarget')).find((target) => target?.name === name)?.val;
}

function aliases(item: Node): readonly string[] {
  const join = bodyOf(item, 'JoinExpr');
  if (join !== undefined)
    return [join.larg, join.rarg].flatMap((side) => (side === undefined ? [] : aliases(side)));
  const table = bodyOf(item, 'RangeVar');
  const name = table?.alias?.aliasname ?? table?.relname ?? bodyOf(item, 'RangeSubselect')?.alias?.aliasname;
  return name === undefined ? [] : [name];
}
