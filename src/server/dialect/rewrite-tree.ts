import type { Node } from 'libpg-query';
import type { Body, Tag } from './syntax-tree.ts';
import type { Transform, TransformContext } from './transform.ts';

/** Children that stand in the tree without their kind. */
const BARE_CHILDREN: Readonly<Record<string, Tag>> = {
  larg: 'SelectStmt',
  rarg: 'SelectStmt',
  relation: 'RangeVar',
  view: 'RangeVar',
  sequence: 'RangeVar',
  rel: 'RangeVar',
  pktable: 'RangeVar',
  typeName: 'TypeName',
};

/** Fields that a visit of the node itself needs as they were written, and rewrites. */
const WHOLE: Readonly<Record<string, string>> = { TypeCast: 'typeName' };

type Visit = (body: unknown, context: TransformContext) => Node | undefined;

/** The visits of all transforms by the kind of node, in the order of the transforms. */
export type VisitTable = ReadonlyMap<string, readonly Visit[]>;

export function visitTable(transforms: readonly Transform[]): VisitTable {
  const table = new Map<string, Visit[]>();
  for (const { visit } of transforms) {
    for (const [tag, visitor] of Object.entries(visit)) {
      table.set(tag, [...(table.get(tag) ?? []), visitor as Visit]);
    }
  }
  return table;
}

/** Rewrites bottom-up. Gives the very same object where no transform changed anything below it. */
export function rewriteTree(node: Node, table: VisitTable, context: TransformContext): Node {
  const [tag, body] = singleEntry(node);
  const inner = rewriteFields(body, table, context, WHOLE[tag]);
  const start = inner === body ? node : wrapped(tag, inner);
  return applyVisits(start, tag, table, context);
}

/** A visit that gives another kind of node ends the line: the new node belongs to nobody else. */
function applyVisits(start: Node, tag: string, table: VisitTable, context: TransformContext): Node {
  let node = start;
  for (const visit of table.get(tag) ?? []) {
    const next = visit(singleEntry(node)[1], context);
    if (next === undefined) continue;
    node = next;
    if (singleEntry(node)[0] !== tag) break;
  }
  return node;
}

function rewriteFields(body: unknown, table: VisitTable, context: TransformContext, kept?: string): unknown {
  if (Array.isArray(body)) return rewriteItems(body, table, context);
  if (!isStruct(body)) return body;
  let copy: Record<string, unknown> | undefined;
  for (const [key, value] of Object.entries(body)) {
    const next = key === kept ? value : rewriteField(key, value, table, context);
    if (next !== value) (copy ??= { ...body })[key] = next;
  }
  return copy ?? body;
}

function rewriteField(key: string, value: unknown, table: VisitTable, context: TransformContext): unknown {
  if (isNode(value)) return rewriteTree(value, table, context);
  const bare = BARE_CHILDREN[key];
  if (bare === undefined || !isStruct(value)) return rewriteFields(value, table, context);
  const [tag, body] = singleEntry(rewriteTree(wrapped(bare, value), table, context));
  return tag === bare ? body : value;
}

function rewriteItems(
  items: readonly unknown[],
  table: VisitTable,
  context: TransformContext,
): readonly unknown[] {
  const next = items.map((item) =>
    isNode(item) ? rewriteTree(item, table, context) : rewriteFields(item, table, context),
  );
  return next.some((item, at) => item !== items[at]) ? next : items;
}

function isStruct(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

/** A node has one key, and kinds of node start with a capital. */
export function isNode(value: unknown): value is Node {
  if (!isStruct(value) || Array.isArray(value)) return false;
  const keys = Object.keys(value);
  return keys.length === 1 && /^[A-Z]/.test(keys[0] ?? '');
}

function singleEntry(node: Node): readonly [string, unknown] {
  const [entry] = Object.entries(node);
  return entry ?? ['', undefined];
}

function wrapped<T extends Tag>(tag: string, body: unknown): Node {
  return { [tag]: body as Body<T> } as unknown as Node;
}
