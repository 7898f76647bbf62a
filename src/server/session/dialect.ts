import type { SourceMap } from '../../operators/lexer/source-map.ts';
import type { EngineConnection } from '../engine/engine-connection.ts';
import type { Session } from './session.ts';

/** A statement as DuckDB is to get it. */
export interface Translation {
  readonly sql: string;
  /** From `sql` back to the text that was translated. */
  readonly map: SourceMap;
  /** Statements that must run before this one, in the same transaction. */
  readonly before: readonly string[];
  /** Catalogue relations that the statement reads. */
  readonly catalogRelations: ReadonlySet<string>;
}

/** PostgreSQL's meaning on DuckDB. What it does not understand it gives back unchanged. Throws SqlError. */
export interface Dialect {
  translate(sql: string): Translation | Promise<Translation>;
  /** Run on every new connection, before its first statement. */
  install(connection: EngineConnection, session: Session): Promise<void>;
  /** Before a statement that reads these catalogue relations. */
  refresh(relations: ReadonlySet<string>, session: Session): Promise<void>;
}
