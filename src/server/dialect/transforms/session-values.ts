import type { Node, SQLValueFunction } from 'libpg-query';
import { catalogCall } from '../catalog-call.ts';
import { call } from '../syntax-tree.ts';
import type { Transform } from '../transform.ts';

/** `current_user` and its like, which PostgreSQL writes without parentheses. */
export const sessionValues: Transform = {
  name: 'session-values',
  visit: { SQLValueFunction: value },
};

function value({ op }: SQLValueFunction): Node | undefined {
  switch (op) {
    case 'SVFOP_CURRENT_USER':
    case 'SVFOP_CURRENT_ROLE':
    case 'SVFOP_USER':
      return catalogCall('current_user', []);
    case 'SVFOP_SESSION_USER':
      return catalogCall('session_user', []);
    case 'SVFOP_CURRENT_SCHEMA':
      return catalogCall('current_schema', []);
    case 'SVFOP_CURRENT_CATALOG':
      return call(['current_database'], []);
    default:
      return undefined;
  }
}
