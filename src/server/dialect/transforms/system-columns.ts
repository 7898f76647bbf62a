import type { ColumnRef, Node } from 'libpg-query';
import { systemRelations } from '../../catalog/system-relations.ts';
import { catalogCall } from '../catalog-call.ts';
import { castTo, integerConstant, nameParts, textConstant } from '../syntax-tree.ts';
import type { Transform, TransformContext } from '../transform.ts';

/** Columns that every table has in PostgreSQL: the oid of the table, the place of the row, the transaction that wrote it. */
export const systemColumns: Transform = {
  name: 'system-columns',
  visit: { ColumnRef: column },
};

function column({ fields = [] }: ColumnRef, { aliases }: TransformContext): Node | undefined {
  const parts = nameParts(fields);
  const name = parts.at(-1);
  const [only] = aliases.keys();
  const relation = aliases.get(parts.at(-2) ?? (aliases.size === 1 ? (only ?? '') : ''));
  if (relation === undefined || parts.length > 2) return undefined;
  if (name === 'tableoid') return tableOid(relation);
  if (name === 'xmin' || name === 'xmax') return castTo(integerConstant(name === 'xmin' ? 1 : 0), 'int8');
  return undefined;
}

function tableOid(relation: string): Node {
  const system = systemRelations.get(relation.includes('.') ? relation : `pg_catalog.${relation}`);
  return system === undefined
    ? catalogCall('_regclass_in', [textConstant(relation)])
    : integerConstant(system.oid);
}
