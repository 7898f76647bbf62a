import type { InsertStmt, Node } from 'libpg-query';
import { without } from '../syntax-tree.ts';
import type { Transform } from '../transform.ts';

/**
 * ON CONFLICT ON CONSTRAINT: DuckDB keeps no names of constraints, but those that PostgreSQL gives by itself say the
 * columns. For a primary key the target is left out, which DuckDB takes where the table has one key.
 */
export const conflictTargets: Transform = {
  name: 'conflict-targets',
  visit: { InsertStmt: insert },
};

function insert(body: InsertStmt): Node | undefined {
  const clause = body.onConflictClause;
  const name = clause?.infer?.conname;
  const table = body.relation?.relname ?? '';
  if (clause === undefined || name === undefined) return undefined;
  const column =
    name.startsWith(`${table}_`) && name.endsWith('_key')
      ? name.slice(table.length + 1, -'_key'.length)
      : undefined;
  if (column === undefined) return { InsertStmt: { ...body, onConflictClause: without(clause, 'infer') } };
  return {
    InsertStmt: {
      ...body,
      onConflictClause: { ...clause, infer: { indexElems: [{ IndexElem: { name: column } }] } },
    },
  };
}
