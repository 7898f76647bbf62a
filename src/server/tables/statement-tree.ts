import { loadModule, parseSync } from 'libpg-query';
import type { Node } from 'libpg-query';

/** A node of a syntax tree with its kind. */
export interface TreeNode {
  readonly tag: string;
  readonly body: Readonly<Record<string, unknown>>;
}

/** The single statement of a text; null where PostgreSQL's parser does not know it or there are several. */
export async function parseStatement(sql: string): Promise<Node | null> {
  await loadModule();
  try {
    const { stmts = [] } = parseSync(sql);
    return stmts.length === 1 ? (stmts[0]?.stmt ?? null) : null;
  } catch {
    return null;
  }
}

/** Every node of a tree, a table that a statement names without its kind (INSERT's relation) among them. */
export function* nodesOf(tree: unknown): Generator<TreeNode> {
  if (!isRecord(tree)) return;
  for (const [key, value] of Object.entries(tree)) {
    if (isRecord(value) && !Array.isArray(value)) {
      if (/^[A-Z]/.test(key)) yield { tag: key, body: value };
      else if (key === 'relation' && 'relname' in value) yield { tag: 'RangeVar', body: value };
    }
    yield* nodesOf(value);
  }
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}
