import type { Node } from 'libpg-query';
import { bodyOf } from '../dialect/syntax-tree.ts';
import type { Body } from '../dialect/syntax-tree.ts';
import { FilterTranslation } from './filter-translation.ts';
import type { ParameterValue } from './filter-translation.ts';
import { countMentions, filterRows, wholeTable } from './read-plan.ts';
import type { ReadPlan } from './read-plan.ts';
import type { VirtualTable } from './virtual-table.ts';

const KEY = 'trace_id';

/** The rows that a change of the table can touch or collide with; all of them where that cannot be told. */
export function planWrite(
  statement: Node | null,
  table: VirtualTable,
  values: readonly ParameterValue[],
): ReadPlan {
  if (statement === null || countMentions(statement, table) !== 1) return wholeTable(table);
  const change = bodyOf(statement, 'UpdateStmt') ?? bodyOf(statement, 'DeleteStmt');
  const alias = change?.relation?.alias?.aliasname ?? table.name;
  const filter = new FilterTranslation(table, alias, values);
  const clause = rowsTouched(statement, filter) ?? '';
  return { columns: table.columns, clauses: clause, parameters: filter.parameters };
}

function rowsTouched(statement: Node, filter: FilterTranslation): string | undefined {
  const update = bodyOf(statement, 'UpdateStmt');
  if (update !== undefined && update.fromClause === undefined && !changesKey(update)) {
    return filterRows(update.whereClause, filter).clause;
  }
  const removal = bodyOf(statement, 'DeleteStmt');
  if (removal !== undefined && removal.usingClause === undefined) {
    return filterRows(removal.whereClause, filter).clause;
  }
  const insert = bodyOf(statement, 'InsertStmt');
  return insert === undefined ? undefined : rowsInTheWay(insert, filter);
}

function changesKey(update: Body<'UpdateStmt'>): boolean {
  return (update.targetList ?? []).some((node) => bodyOf(node, 'ResTarget')?.name === KEY);
}

/** Of VALUES with constant keys, the rows that have these keys. */
function rowsInTheWay(insert: Body<'InsertStmt'>, filter: FilterTranslation): string | undefined {
  const names = insert.cols?.map((node) => bodyOf(node, 'ResTarget')?.name);
  const at = names === undefined ? 0 : names.indexOf(KEY);
  const rows = bodyOf(insert.selectStmt, 'SelectStmt')?.valuesLists ?? [];
  const keys = rows.flatMap((row) => bodyOf(row, 'List')?.items?.[at] ?? []);
  if (at < 0 || keys.length === 0 || keys.length < rows.length) return undefined;
  const among = filter.translate({
    A_Expr: {
      kind: 'AEXPR_IN',
      name: [{ String: { sval: '=' } }],
      lexpr: { ColumnRef: { fields: [{ String: { sval: KEY } }] } },
      rexpr: { List: { items: keys } },
    },
  });
  return among === null ? undefined : ` WHERE ${among}`;
}
