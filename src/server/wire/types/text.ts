import { VARCHAR } from '@duckdb/node-api';
import { utf8 } from '../utf8.ts';
import { checkText } from './check-text.ts';
import type { PgCodec } from './pg-codec.ts';

function textCodec(name: string, oid: number, arrayOid: number, length = -1): PgCodec {
  return Object.freeze({
    name,
    oid,
    arrayOid,
    length,
    duckType: VARCHAR,
    text: (value) => String(value),
    binary: (value) => Buffer.from(String(value), 'utf8'),
    fromText: checkText,
    fromBinary: (bytes) => checkText(utf8(bytes)),
  } satisfies PgCodec);
}

export const text = textCodec('text', 25, 1009);
export const varchar = textCodec('varchar', 1043, 1015);
export const bpchar = textCodec('bpchar', 1042, 1014);
export const name = textCodec('name', 19, 1003, 64);
export const char = textCodec('char', 18, 1002, 1);
/** A parameter or literal whose type nothing tells. */
export const unknown = textCodec('unknown', 705, 0, -2);
/** Result of a function that gives nothing: sent as empty text. */
export const voidType = textCodec('void', 2278, 0, 4);
export const xml = textCodec('xml', 142, 143);
export const inet = textCodec('inet', 869, 1041);
export const aclitem = textCodec('aclitem', 1033, 1034);
export const pgNodeTree = textCodec('pg_node_tree', 194, 0);
