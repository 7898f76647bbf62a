import type { Node, SelectStmt } from 'libpg-query';
import { catalogCall } from './catalog-call.ts';
import type { OutputColumn } from './columns/output-column.ts';
import { bodyOf } from './syntax-tree.ts';

/** regclass and its like are oids inside and names in a result. */
export function showRegisteredNames(statement: Node, columns: readonly OutputColumn[] | null): Node {
  const select = bodyOf(statement, 'SelectStmt');
  if (select === undefined || columns === null || !columns.some(isRegistered)) return statement;
  return { SelectStmt: shown(select, columns) };
}

function shown(select: SelectStmt, columns: readonly OutputColumn[]): SelectStmt {
  if (select.larg !== undefined && select.rarg !== undefined) {
    return { ...select, larg: shown(select.larg, columns), rarg: shown(select.rarg, columns) };
  }
  const targets = select.targetList ?? [];
  if (targets.length !== columns.length) return select;
  return { ...select, targetList: targets.map((target, at) => shownTarget(target, columns[at])) };
}

function shownTarget(target: Node, column: OutputColumn | undefined): Node {
  const body = bodyOf(target, 'ResTarget');
  if (body?.val === undefined || column === undefined || !isRegistered(column)) return target;
  const type = column.type === 'regprocedure' ? 'regproc' : column.type;
  return {
    ResTarget: {
      ...body,
      name: body.name ?? column.name ?? '',
      val: catalogCall(`_${type}_out`, [body.val]),
    },
  };
}

function isRegistered({ type }: OutputColumn): boolean {
  return type !== null && /^reg(class|type|proc|procedure|namespace|role)$/.test(type);
}
