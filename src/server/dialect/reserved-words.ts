import type { Node } from 'libpg-query';
import { isNode } from './rewrite-tree.ts';

/** Words that name columns and tables in PostgreSQL and need quotes in DuckDB. */
const RESERVED: ReadonlySet<string> = new Set([
  ...[
    'anti',
    'asof',
    'at',
    'by',
    'describe',
    'glob',
    'lambda',
    'pivot',
    'pivot_longer',
    'pivot_wider',
    'positional',
  ],
  ...['qualify', 'semi', 'show', 'summarize', 'unpack', 'unpivot'],
]);

const NAMES: ReadonlySet<string> = new Set([
  'relname',
  'schemaname',
  'colname',
  'name',
  'aliasname',
  'idxname',
  'ctename',
  'newname',
  'subname',
]);

/** A letter of the private use area: a name with it is printed in quotes. */
const MARK = '\uE000';

/** Marks such names, so that the printer quotes them; `withoutMarks` cleans its text. */
export function markReservedWords(node: Node): Node {
  return marked(node) as Node;
}

export function withoutMarks(sql: string): string {
  return sql.replaceAll(MARK, '');
}

function marked(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return markedItems(value);
  let copy: Record<string, unknown> | undefined;
  for (const [key, child] of Object.entries(value)) {
    const next = markedField(key, child);
    if (next !== child) (copy ??= { ...value })[key] = next;
  }
  return copy ?? value;
}

function markedItems(items: readonly unknown[]): readonly unknown[] {
  const next = items.map(marked);
  return next.some((item, at) => item !== items[at]) ? next : items;
}

function markedField(key: string, child: unknown): unknown {
  if (typeof child === 'string') return NAMES.has(key) && RESERVED.has(child) ? child + MARK : child;
  if (key === 'String' && isNamed(child))
    return RESERVED.has(child.sval) ? { sval: child.sval + MARK } : child;
  return isNode(child) && 'A_Const' in child ? child : marked(child);
}

function isNamed(value: unknown): value is { readonly sval: string } {
  return typeof value === 'object' && value !== null && 'sval' in value && typeof value.sval === 'string';
}
