import { isReserved } from '../keywords.ts';
import type { Span } from './span.ts';

/** The table that a statement changes. */
export interface Target {
  /** As written, with its schema. */
  readonly table: string;
  /** The name that the statement's expressions know it by. */
  readonly name: string;
  /** The table's name without its schema. */
  readonly bareTable: string;
  /** `table AS name`, for a FROM clause. */
  readonly from: string;
  /** Index behind the table and its alias. */
  readonly end: number;
}

/** Reads `[ONLY] schema.table [AS] alias` at `index`; `bare` says whether an alias may do without AS. */
export function readTarget(span: Span, index: number, bare: boolean): Target {
  const start = span.isWord(index, 'ONLY') ? index + 1 : index;
  let end = start + 1;
  while (span.isSign(end, '.')) end += 2;
  const table = span.slice(start, end).text;
  const bareTable = span.slice(end - 1, end).text;
  const alias = aliasAt(span, end, bare);
  if (alias === undefined) return { table, name: bareTable, bareTable, from: table, end };
  const name = span.slice(alias, alias + 1).text;
  return { table, name, bareTable, from: `${table} AS ${name}`, end: alias + 1 };
}

function aliasAt(span: Span, index: number, bare: boolean): number | undefined {
  if (span.isWord(index, 'AS')) return index + 1;
  if (!bare) return undefined;
  const { kind, text } = span.at(index);
  if (kind === 'quoted_name') return index;
  return kind === 'word' && text !== 'SET' && !isReserved(text) ? index : undefined;
}
