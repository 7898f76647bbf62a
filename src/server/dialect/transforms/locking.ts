import type { Node, SelectStmt } from 'libpg-query';
import { without } from '../syntax-tree.ts';
import type { Transform } from '../transform.ts';

/** DuckDB's transactions detect conflicting writes at commit, so FOR UPDATE and FOR SHARE take no lock. */
export const locking: Transform = {
  name: 'locking',
  visit: { SelectStmt: select },
};

function select(body: SelectStmt): Node | undefined {
  if (body.lockingClause === undefined) return undefined;
  return { SelectStmt: without(body, 'lockingClause') };
}
