import type { Node } from 'libpg-query';
import { typeOid } from '../../catalog/builtin-type-oids.ts';
import { bodyOf } from '../syntax-tree.ts';
import { typeNameOf } from './expression-type.ts';

/**
 * The types, as oids, of the parameters that a statement casts: `$1::oid[]`. By position; null where none is named. Of
 * several casts of one parameter the first decides, as in PostgreSQL.
 */
export function parameterCasts(statement: Node): readonly (number | null)[] {
  const found: (number | null)[] = [];
  visit(statement, found);
  return Object.freeze(Array.from(found, (oid) => oid ?? null));
}

function visit(node: unknown, found: (number | null)[]): void {
  if (Array.isArray(node)) return node.forEach((item) => visit(item, found));
  if (typeof node !== 'object' || node === null) return;
  if ('TypeCast' in node) note(node as Node, found);
  for (const child of Object.values(node)) visit(child, found);
}

function note(node: Node, found: (number | null)[]): void {
  const cast = bodyOf(node, 'TypeCast');
  const position = bodyOf(cast?.arg, 'ParamRef')?.number;
  if (position !== undefined) found[position - 1] ??= typeOid(typeNameOf(cast?.typeName));
}
