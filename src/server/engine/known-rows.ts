import { HASH_COLUMN } from './plan/known-columns.ts';
import { type PassContext, execute, prepareSql } from './statement-passes.ts';
import { WriteCount } from './write-count.ts';

/** A node of DuckDB's EXPLAIN (FORMAT json). */
interface PlanNode {
  readonly children?: readonly PlanNode[];
  readonly extra_info?: Readonly<Record<string, unknown>>;
}

/** How many rows DuckDB expects to look up in tables of known answers; 0 for a query that reads none. */
export async function knownRows(sql: string, context: PassContext): Promise<number> {
  if (!sql.includes(HASH_COLUMN)) return 0;
  context.probe.begin();
  const prepared = await prepareSql(context.connection, `EXPLAIN (FORMAT json) ${sql}`);
  try {
    // EXPLAIN counts as a write elsewhere, for it may run what it explains; here it would outdate the plan at hand.
    const result = await execute(prepared, context.statement, context.parameters, new WriteCount(), false);
    const [row] = await result.getRows();
    return mostRows(JSON.parse(String(row?.[1])) as readonly PlanNode[]);
  } finally {
    prepared.destroySync();
  }
}

function mostRows(nodes: readonly PlanNode[]): number {
  return nodes.reduce((most, node) => Math.max(most, rowsOf(node), mostRows(node.children ?? [])), 0);
}

/** The conditions of a join are one text or several. */
function rowsOf({ extra_info: info = {} }: PlanNode): number {
  const joins = JSON.stringify(info['Conditions'] ?? '').includes(HASH_COLUMN);
  return joins ? Number(info['Estimated Cardinality'] ?? 0) : 0;
}
