import type { Node } from 'libpg-query';
import { isNode } from './rewrite-tree.ts';

/** The same node with each node right below it changed; the very same object where nothing changed. */
export function mapChildren(node: Node, change: (child: Node) => Node): Node {
  const [entry] = Object.entries(node);
  if (entry === undefined) return node;
  const [tag, body] = entry;
  const next = mapBody(body, change);
  return next === body ? node : ({ [tag]: next } as unknown as Node);
}

/** As `mapChildren`, for what stands below a tag, in a list or in a struct without a tag. */
export function mapBody<T>(body: T, change: (child: Node) => Node): T {
  if (isNode(body)) return change(body) as T;
  if (Array.isArray(body)) {
    const next = body.map((item: unknown) => mapBody(item, change));
    return next.some((item, at) => item !== body[at]) ? (next as T) : body;
  }
  if (typeof body !== 'object' || body === null) return body;
  const fields = Object.entries(body).map(
    ([key, value]: [string, unknown]) => [key, mapBody(value, change)] as const,
  );
  const same = fields.every(([key, value]) => value === (body as Record<string, unknown>)[key]);
  return same ? body : (Object.fromEntries(fields) as T);
}

/** The nodes right below a node. */
export function childrenOf(node: Node): readonly Node[] {
  const found: Node[] = [];
  mapChildren(node, (child) => {
    found.push(child);
    return child;
  });
  return found;
}
