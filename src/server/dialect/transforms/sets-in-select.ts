import type { Node, SelectStmt } from 'libpg-query';
import { bodyOf, call, lastName } from '../syntax-tree.ts';
import type { Transform } from '../transform.ts';

/** Functions that give a set in PostgreSQL and a list in DuckDB. */
const LISTS: Readonly<Record<string, string>> = {
  generate_series: 'generate_series',
  generate_subscripts: 'generate_subscripts',
  regexp_split_to_table: 'regexp_split_to_array',
  string_to_table: 'string_split',
};

/** DuckDB's own functions that already give rows there. */
const ROWS: ReadonlySet<string> = new Set(['generate_subscripts']);

/** `SELECT generate_series(1, 3)` gives rows. */
export const setsInSelect: Transform = {
  name: 'sets-in-select',
  visit: { SelectStmt: select },
};

function select(body: SelectStmt): Node | undefined {
  const targets = body.targetList ?? [];
  const next = targets.map(target);
  return next.some((item, at) => item !== targets[at])
    ? { SelectStmt: { ...body, targetList: next } }
    : undefined;
}

function target(node: Node): Node {
  const body = bodyOf(node, 'ResTarget');
  const set = bodyOf(body?.val, 'FuncCall');
  const name = lastName(set?.funcname);
  const list = LISTS[name];
  if (body === undefined || list === undefined || ROWS.has(name)) return node;
  return {
    ResTarget: { ...body, name: body.name ?? name, val: call(['unnest'], [call([list], set?.args ?? [])]) },
  };
}
