import type { ColumnRef, Node } from 'libpg-query';
import { bodyOf, nameParts, stringNode } from '../syntax-tree.ts';
import type { Transform } from '../transform.ts';

/** `pg_catalog.pg_class.relname` and `public.t.a`: the table is found by its own name, wherever it really lies. */
export const columnQualifiers: Transform = {
  name: 'column-qualifiers',
  visit: { ColumnRef: column },
};

function column({ fields = [], location }: ColumnRef): Node | undefined {
  const [schema = ''] = nameParts(fields);
  const star = fields.some((field) => bodyOf(field, 'A_Star') !== undefined);
  if (fields.length !== 3 || !['pg_catalog', 'information_schema', 'public'].includes(schema))
    return undefined;
  if (schema === 'public' && !star) return columnRef([stringNode('main'), ...fields.slice(1)], location);
  return columnRef(fields.slice(1), location);
}

function columnRef(fields: Node[], location: number | undefined): Node {
  return { ColumnRef: location === undefined ? { fields } : { fields, location } };
}
