import { SYSTEM_RELATIONS } from './data/system-relations.ts';
import type { CatalogSchema } from './relation.ts';

export interface SystemColumn {
  readonly name: string;
  /** As in pg_type.typname. */
  readonly type: string;
  readonly notNull: boolean;
}

export interface SystemRelation {
  readonly schema: CatalogSchema;
  readonly name: string;
  readonly oid: number;
  readonly kind: string;
  readonly columns: readonly SystemColumn[];
}

function parseLine(line: string): SystemRelation {
  const [path = '', oid = '', kind = '', columns = ''] = line.split('|');
  const [schema, name = ''] = path.split('.');
  return {
    schema: schema === 'pg_catalog' ? schema : 'information_schema',
    name,
    oid: Number(oid),
    kind,
    columns: columns.split(',').map(parseColumn),
  };
}

function parseColumn(text: string): SystemColumn {
  const [name = '', type = ''] = text.split(':');
  return { name, type: type.replace('!', ''), notNull: type.endsWith('!') };
}

/** By `schema.name`. */
export const systemRelations: ReadonlyMap<string, SystemRelation> = new Map(
  SYSTEM_RELATIONS.trim()
    .split('\n')
    .map(parseLine)
    .map((relation) => [`${relation.schema}.${relation.name}`, relation]),
);
