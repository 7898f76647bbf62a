import type { ColumnDef, Constraint, CreateStmt, IndexStmt, Node } from 'libpg-query';
import { bodyOf, without } from '../syntax-tree.ts';
import type { Transform } from '../transform.ts';

/** Parts of CREATE TABLE and CREATE INDEX that say how PostgreSQL is to store or lock, and DuckDB does not take. */
export const tableDefinitions: Transform = {
  name: 'table-definitions',
  visit: { CreateStmt: createTable, IndexStmt: createIndex, ColumnDef: column, Constraint: constraint },
};

const STORAGE = ['options', 'tablespacename', 'accessMethod', 'partspec'] as const;

function createTable(body: CreateStmt): Node | undefined {
  const present = STORAGE.filter((field) => body[field] !== undefined);
  if (present.length === 0 || body.partspec !== undefined) return undefined;
  const bare = present.reduce<CreateStmt>((rest, field) => without(rest, field), body);
  return { CreateStmt: bare };
}

function createIndex(body: IndexStmt): Node | undefined {
  const changed =
    body.concurrent === true || (body.accessMethod ?? 'btree') !== 'btree' || body.options !== undefined;
  if (!changed && body.idxname !== undefined && !hasOrder(body)) return undefined;
  const bare = without(without(without(body, 'concurrent'), 'accessMethod'), 'options');
  return {
    IndexStmt: {
      ...bare,
      idxname: body.idxname ?? indexName(body),
      indexParams: (body.indexParams ?? []).map(plainElement),
    },
  };
}

function hasOrder({ indexParams = [] }: IndexStmt): boolean {
  return indexParams.some((node) => plainElement(node) !== node);
}

/** DuckDB's indexes have no order of their own, and no operator classes. */
function plainElement(node: Node): Node {
  const element = bodyOf(node, 'IndexElem');
  if (element === undefined) return node;
  const ordered =
    (element.ordering ?? 'SORTBY_DEFAULT') !== 'SORTBY_DEFAULT' ||
    (element.nulls_ordering ?? 'SORTBY_NULLS_DEFAULT') !== 'SORTBY_NULLS_DEFAULT';
  if (!ordered && element.opclass === undefined) return node;
  return {
    IndexElem: {
      ...without(element, 'opclass'),
      ordering: 'SORTBY_DEFAULT',
      nulls_ordering: 'SORTBY_NULLS_DEFAULT',
    },
  };
}

/** PostgreSQL names an index after its table and columns. */
function indexName({ relation, indexParams = [] }: IndexStmt): string {
  const columns = indexParams.map((node) => bodyOf(node, 'IndexElem')?.name ?? 'expr');
  return `${relation?.relname ?? ''}_${columns.join('_')}_idx`;
}

/** DEFERRABLE and INITIALLY stand beside the constraint they speak of. */
function column(body: ColumnDef): Node | undefined {
  const constraints = body.constraints ?? [];
  const kept = constraints.filter(
    (node) => bodyOf(node, 'Constraint')?.contype?.startsWith('CONSTR_ATTR_') !== true,
  );
  return kept.length === constraints.length ? undefined : { ColumnDef: { ...body, constraints: kept } };
}

/** The actions that DuckDB would refuse are those that PostgreSQL does by default; others stay, so that it says so. */
function constraint(body: Constraint): Node | undefined {
  const deferral = body.deferrable !== undefined || body.initdeferred !== undefined;
  if (!deferral && body.contype !== 'CONSTR_FOREIGN') return undefined;
  const actions =
    body.fk_upd_action === 'a' || body.fk_upd_action === 'r' ? without(body, 'fk_upd_action') : body;
  const next =
    actions.fk_del_action === 'a' || actions.fk_del_action === 'r'
      ? without(actions, 'fk_del_action')
      : actions;
  return { Constraint: without(without(next, 'deferrable'), 'initdeferred') };
}
