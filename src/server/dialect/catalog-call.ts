import type { Node } from 'libpg-query';
import { CATALOG_DATABASE, CATALOG_SCHEMAS } from '../catalog/relation.ts';
import { bodyOf, call, nameParts } from './syntax-tree.ts';

/** A call of one of the catalogue's macros. */
export function catalogCall(name: string, args: readonly Node[]): Node {
  return call([CATALOG_DATABASE, CATALOG_SCHEMAS.pg_catalog, name], args);
}

/** The name of the catalogue's macro that a node calls; undefined for any other node. */
export function calledMacro(node: Node | undefined): string | undefined {
  const parts = nameParts(bodyOf(node, 'FuncCall')?.funcname);
  return parts.length === 3 && parts[0] === CATALOG_DATABASE ? parts[2] : undefined;
}
