import type { Node } from 'libpg-query';
import type { Body, Tag } from './syntax-tree.ts';

/** What a transform may know beside the node it visits. */
export interface TransformContext {
  /** Names that the statement's own WITH clauses give; they hide relations. */
  readonly commonTables: ReadonlySet<string>;
  /** Relations by the names that FROM gives them, `schema.name` or `name`. */
  readonly aliases: ReadonlyMap<string, string>;
  /** Statements that must run before this one, in the same transaction (a sequence for SERIAL). Filled by visits. */
  readonly before: string[];
}

/** One difference between PostgreSQL and DuckDB: visits are pure and give undefined where nothing changes. */
export interface Transform {
  readonly name: string;
  readonly visit: { readonly [T in Tag]?: (body: Body<T>, context: TransformContext) => Node | undefined };
}
