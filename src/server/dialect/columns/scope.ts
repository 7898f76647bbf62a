import type { SelectStmt } from 'libpg-query';
import type { OutputColumn } from './output-column.ts';

export interface KnownColumn {
  readonly name: string;
  /** As in pg_type.typname; null where only DuckDB can tell. */
  readonly type: string | null;
}

/** Something in FROM; `columns` is null where they are not known here. */
export interface ScopeEntry {
  readonly alias: string;
  readonly columns: readonly KnownColumn[] | null;
}

export interface Scope {
  readonly entries: readonly ScopeEntry[];
  readonly commonTables: ReadonlyMap<string, readonly KnownColumn[] | null>;
  readonly outer: Scope | null;
  /** The columns of a query inside an expression of this scope. */
  readonly columnsOf: (select: SelectStmt, outer: Scope) => readonly OutputColumn[] | null;
}

/** The type of a column by its (qualified) name, in this scope or one around it. */
export function columnType(parts: readonly string[], scope: Scope | null): string | null {
  if (scope === null) return null;
  const name = parts.at(-1) ?? '';
  const alias = parts.length > 1 ? parts.at(-2) : undefined;
  for (const entry of scope.entries) {
    if (alias !== undefined && entry.alias !== alias) continue;
    const column = entry.columns?.find((candidate) => candidate.name === name);
    if (column !== undefined) return column.type;
    if (alias !== undefined) return null;
  }
  return columnType(parts, scope.outer);
}
