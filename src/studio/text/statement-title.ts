import type { Statement } from '../../server/http/schemas/calls.ts';

const WAYS: Readonly<Record<string, string>> = { rest: 'run over REST', cli: 'run on the command line' };

/** The SQL; where there is none, what was run and from where. */
export function statementTitle({ recorded, sql, cascade_id, caller }: Statement): string {
  if (recorded) return sql;
  const way = WAYS[caller];
  return way === undefined ? `${cascade_id}, its SQL was not recorded` : `${cascade_id}, ${way}`;
}
