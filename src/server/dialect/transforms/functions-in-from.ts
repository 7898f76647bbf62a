import type { Alias, Node, RangeFunction } from 'libpg-query';
import { catalogFunction } from '../../catalog/catalog-functions.ts';
import { bodyOf, lastName, stringNode } from '../syntax-tree.ts';
import { calledMacro } from '../catalog-call.ts';
import { FUNCTION_COLUMNS } from '../function-columns.ts';
import type { Transform } from '../transform.ts';

/** Functions that give one column of rows. */
const SINGLE_COLUMN: ReadonlySet<string> = new Set([
  'generate_series',
  'generate_subscripts',
  'unnest',
  'regexp_split_to_table',
  'string_to_table',
]);

/**
 * PostgreSQL names the one column of a function in FROM after its alias, and takes functions that give one value
 * there too.
 */
export const functionsInFrom: Transform = {
  name: 'functions-in-from',
  visit: { RangeFunction: range },
};

function range(body: RangeFunction): Node | undefined {
  const call = callOf(body);
  const name = lastName(bodyOf(call, 'FuncCall')?.funcname);
  if (call === undefined || body.coldeflist !== undefined) return undefined;
  if (isScalar(call)) return scalar(body, call, name);
  if (!SINGLE_COLUMN.has(name) || body.alias?.aliasname === undefined || body.alias.colnames !== undefined)
    return undefined;
  return {
    RangeFunction: { ...body, alias: withColumn(body.alias, body.alias.aliasname, body.ordinality === true) },
  };
}

function callOf({ functions = [] }: RangeFunction): Node | undefined {
  const items = bodyOf(functions[0], 'List')?.items;
  return functions.length === 1 ? items?.[0] : undefined;
}

function isScalar(call: Node): boolean {
  const macro = calledMacro(call);
  if (macro !== undefined)
    return !/^\([^)]*\) AS TABLE/.test(catalogFunction(macro)?.sql ?? '') && macro !== '_pg_expandarray';
  return lastName(bodyOf(call, 'FuncCall')?.funcname) === 'current_database';
}

const ROW_NUMBER: Node = {
  ResTarget: { val: { FuncCall: { funcname: [stringNode('row_number')], over: { frameOptions: 1058 } } } },
};

function scalar({ alias, ordinality }: RangeFunction, call: Node, name: string): Node {
  const subquery: Node = {
    SelectStmt: {
      targetList: [{ ResTarget: { val: call } }, ...(ordinality === true ? [ROW_NUMBER] : [])],
      limitOption: 'LIMIT_OPTION_DEFAULT',
      op: 'SETOP_NONE',
    },
  };
  const named = FUNCTION_COLUMNS[name] ?? alias?.aliasname ?? name;
  return {
    RangeSubselect: { subquery, alias: withColumn(alias ?? { aliasname: name }, named, ordinality === true) },
  };
}

function withColumn(alias: Alias, column: string, ordinality: boolean): Alias {
  const colnames = alias.colnames ?? [stringNode(column), ...(ordinality ? [stringNode('ordinality')] : [])];
  return { ...alias, colnames };
}
