import type { FuncCall, Node } from 'libpg-query';
import { catalogFunction } from '../../catalog/catalog-functions.ts';
import { CATALOG_DATABASE, CATALOG_SCHEMAS } from '../../catalog/relation.ts';
import { calledMacro } from '../catalog-call.ts';
import { bodyOf, nameParts, stringNode, textConstant, textOf } from '../syntax-tree.ts';
import type { Transform } from '../transform.ts';

/** Functions that DuckDB has under another name. */
const RENAMED: Readonly<Record<string, string>> = {
  jsonb_build_object: 'json_object',
  json_build_object: 'json_object',
  jsonb_build_array: 'json_array',
  json_build_array: 'json_array',
  jsonb_object_agg: 'json_group_object',
  json_object_agg: 'json_group_object',
  to_jsonb: 'to_json',
  jsonb_array_length: 'json_array_length',
  row_to_json: 'to_json',
  array_to_json: 'to_json',
  every: 'bool_and',
  jsonb_pretty: 'json_pretty',
  normalize: 'nfc_normalize',
  char_length: 'length',
  character_length: 'length',
  gen_random_uuid: 'uuid',
  uuid_generate_v4: 'uuid',
  clock_timestamp: 'get_current_timestamp',
  statement_timestamp: 'now',
  transaction_timestamp: 'now',
  date_part: 'date_part',
  btrim: 'trim',
  ceiling: 'ceil',
  random: 'random',
  regexp_split_to_array: 'regexp_split_to_array',
  array_cat: 'list_concat',
  array_position: 'list_position',
};

/** Functions of pg_catalog are macros of the catalogue or DuckDB's own; the schema goes. */
export const functionNames: Transform = {
  name: 'function-names',
  visit: { FuncCall: functionCall },
};

function functionCall(body: FuncCall): Node | undefined {
  const parts = nameParts(body.funcname);
  const name = parts.at(-1) ?? '';
  const schema = parts.length > 1 ? parts.at(-2) : undefined;
  if (parts.length > 2 || (schema !== undefined && !isOwnSchema(schema))) return undefined;
  if (SEQUENCES.has(name)) return sequenceCall(body, name);
  const own = RENAMED[name] ?? name;
  if (catalogFunction(own) !== undefined) {
    return {
      FuncCall: {
        ...body,
        args: (body.args ?? []).map(readName),
        funcname: [CATALOG_DATABASE, CATALOG_SCHEMAS.pg_catalog, own].map(stringNode),
      },
    };
  }
  if (schema === undefined && own === name) return undefined;
  return { FuncCall: { ...body, funcname: [stringNode(own)], funcformat: 'COERCE_EXPLICIT_CALL' } };
}

const SEQUENCES: ReadonlySet<string> = new Set(['nextval', 'currval', 'setval']);

/** DuckDB takes a sequence by its name, not by its oid. */
function sequenceCall(body: FuncCall, name: string): Node {
  const args = (body.args ?? []).map((arg) =>
    calledMacro(arg) === '_regclass_in' ? (bodyOf(arg, 'FuncCall')?.args?.[0] ?? arg) : arg,
  );
  const text = textOf(args[0]);
  const plain =
    text?.startsWith('public.') === true
      ? [textConstant(text.replace('public.', 'main.')), ...args.slice(1)]
      : args;
  return { FuncCall: { ...body, funcname: [stringNode(name)], args: plain } };
}

function isOwnSchema(schema: string): boolean {
  return schema === 'pg_catalog' || schema === 'information_schema' || schema === 'public';
}

/** The macros take an oid as well as a name: a name that was made from an oid need not be looked up again. */
function readName(arg: Node): Node {
  return calledMacro(arg) === '_regclass_out' ? (bodyOf(arg, 'FuncCall')?.args?.[0] ?? arg) : arg;
}
