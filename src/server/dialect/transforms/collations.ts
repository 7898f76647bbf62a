import type { CollateClause, Node } from 'libpg-query';
import { lastName, stringNode } from '../syntax-tree.ts';
import type { Transform } from '../transform.ts';

const BINARY: ReadonlySet<string> = new Set(['default', 'C', 'POSIX', 'ucs_basic', 'C.utf8', 'C.UTF-8']);

/** DuckDB compares texts by their bytes, which is what these collations say; `de-x-icu` is its `de`. */
export const collations: Transform = {
  name: 'collations',
  visit: { CollateClause: collate },
};

function collate(body: CollateClause): Node | undefined {
  const name = lastName(body.collname);
  if (BINARY.has(name)) return body.arg;
  const icu = name
    .replace(/-x-icu$/, '')
    .replace('-', '_')
    .toLowerCase();
  return icu === name ? undefined : { CollateClause: { ...body, collname: [stringNode(icu)] } };
}
