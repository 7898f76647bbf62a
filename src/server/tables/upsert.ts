import type { Node } from 'libpg-query';
import { bodyOf } from '../dialect/syntax-tree.ts';
import { trainingAnnotations } from './training-annotations.ts';

/**
 * Marking a call twice is no conflict: an INSERT without an ON CONFLICT of its own replaces the columns it names
 * and keeps the others.
 */
export function asUpsert(statement: Node | null, sql: string): string {
  const insert = bodyOf(statement ?? undefined, 'InsertStmt');
  if (insert === undefined || insert.onConflictClause !== undefined) return sql;
  const named = (insert.cols ?? []).map((node) => bodyOf(node, 'ResTarget')?.name ?? '');
  const columns = named.length > 0 ? named : trainingAnnotations.columns.map((column) => column.name);
  const [head, tail] = splitBeforeReturning(sql, insert.returningClause?.exprs?.[0]);
  return `${head}\n${conflictClause(columns)} ${tail}`;
}

export function conflictClause(columns: readonly string[]): string {
  const set = columns
    .filter((column) => column !== 'trace_id')
    .map((column) => `"${column}" = excluded."${column}"`);
  if (set.length === 0) return 'ON CONFLICT (trace_id) DO NOTHING';
  return `ON CONFLICT (trace_id) DO UPDATE SET ${set.join(', ')}`;
}

/** Locations in the tree count bytes. */
function splitBeforeReturning(sql: string, firstReturned: Node | undefined): readonly [string, string] {
  const location = bodyOf(firstReturned, 'ResTarget')?.location;
  if (location === undefined) return [sql.replace(/;\s*$/, ''), ''];
  const before = Buffer.from(sql).subarray(0, location).toString();
  const at = before.toLowerCase().lastIndexOf('returning');
  return [sql.slice(0, at), sql.slice(at)];
}
