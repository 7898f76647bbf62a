import type { CreateStmt, Node, SelectStmt, TruncateStmt } from 'libpg-query';
import { bodyOf, integerConstant, without } from '../syntax-tree.ts';
import type { Transform } from '../transform.ts';

/** CREATE TABLE (LIKE t), SELECT INTO and TRUNCATE as DuckDB writes them. */
export const tableStatements: Transform = {
  name: 'table-statements',
  visit: { CreateStmt: createLike, SelectStmt: selectInto, TruncateStmt: truncate },
};

function createLike({ relation, tableElts = [], if_not_exists }: CreateStmt): Node | undefined {
  const source = bodyOf(tableElts[0], 'TableLikeClause')?.relation;
  if (tableElts.length !== 1 || source === undefined || relation === undefined) return undefined;
  const query: Node = {
    SelectStmt: {
      targetList: [{ ResTarget: { val: { ColumnRef: { fields: [{ A_Star: {} }] } } } }],
      fromClause: [{ RangeVar: { ...source, inh: true } }],
      limitCount: integerConstant(0),
      limitOption: 'LIMIT_OPTION_COUNT',
      op: 'SETOP_NONE',
    },
  };
  return {
    CreateTableAsStmt: {
      query,
      into: { rel: relation, onCommit: 'ONCOMMIT_NOOP' },
      objtype: 'OBJECT_TABLE',
      if_not_exists: if_not_exists ?? false,
    },
  };
}

function selectInto(body: SelectStmt): Node | undefined {
  if (body.intoClause === undefined) return undefined;
  return {
    CreateTableAsStmt: {
      query: { SelectStmt: without(body, 'intoClause') },
      into: body.intoClause,
      objtype: 'OBJECT_TABLE',
    },
  };
}

function truncate(body: TruncateStmt): Node | undefined {
  if (body.restart_seqs !== true && body.behavior !== 'DROP_CASCADE') return undefined;
  return { TruncateStmt: { ...body, restart_seqs: false, behavior: 'DROP_RESTRICT' } };
}
