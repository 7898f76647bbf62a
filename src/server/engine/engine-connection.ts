import type { DuckDBDataChunk, DuckDBType, DuckDBValue } from '@duckdb/node-api';
import type { OperatorSet } from '../../operators/cascade/operator-set.ts';
import type { SemanticExplanation } from '../../operators/evaluation/explain/explanation.ts';
import type { RowBound } from '../dialect/row-bound.ts';
import type { CellDatabase } from '../../operators/runner/cell-database.ts';
import type { StatementScope } from '../../operators/evaluation/statement-scope.ts';

export interface ResultColumn {
  readonly name: string;
  readonly type: DuckDBType;
}

/** What a statement takes and gives, known without running it and without a model call. */
export interface StatementDescription {
  /** By position; undefined where DuckDB cannot tell. */
  readonly parameters: readonly (DuckDBType | undefined)[];
  readonly columns: readonly ResultColumn[];
  /** False where DuckDB answers with a row count instead of rows. */
  readonly returnsRows: boolean;
  /** Whether DuckDB puts off the plan, and with it the columns, until values are bound. */
  readonly unplanned?: boolean;
}

/** One statement as DuckDB is to get it: operators as symbols, dialect transformed. Frozen. */
export interface EngineStatement {
  readonly sql: string;
  /**
   * Queries that evaluate every semantic operator which a data-changing statement will need. Empty where `sql`
   * changes nothing and passes may run on it.
   */
  readonly selectForms: readonly string[];
  readonly changesData: boolean;
  /** Why a query gives few rows; left out where it may give any number. */
  readonly bound?: RowBound | null;
  /** Values by `$n` that DuckDB's inference left without a type are bound as these. */
  readonly parameterTypes?: readonly (DuckDBType | undefined)[];
}

/** Rows as they come: pull with `next`, then `close` in every case. */
export interface RowSource {
  readonly columns: readonly ResultColumn[];
  /** False for a command: its `columns` and rows are DuckDB's own report of it. */
  readonly returnsRows: boolean;
  /** Rows that a data-changing statement changed; null for a query. */
  readonly rowsChanged: number | null;
  /**
   * At most 2,048 rows; null at the end. A chunk is valid until the next call. `goesOn` says that the chunk behind it
   * will be asked for too.
   */
  next(goesOn?: boolean): Promise<DuckDBDataChunk | null>;
  close(): Promise<void>;
}

/** One DuckDB connection, of one session. Statements run one after another. */
export interface EngineConnection {
  /** Changes when a statement may have loaded an extension into the database. */
  readonly loads: number;
  describe(sql: string): Promise<StatementDescription>;
  /** Evaluates what is missing, then runs. Throws SqlError. */
  run(
    statement: EngineStatement,
    parameters: readonly DuckDBValue[],
    scope: StatementScope,
  ): Promise<RowSource>;
  /**
   * What `run` would ask of models, found by the same passes without a call and without a change. Throws SqlError.
   */
  explain(
    statement: EngineStatement,
    parameters: readonly DuckDBValue[],
    scope: StatementScope,
  ): Promise<SemanticExplanation>;
  /** Runs the session's own housekeeping (no semantic operators) and gives all rows. */
  runInternal(sql: string): Promise<readonly (readonly DuckDBValue[])[]>;
  /** Stops the statement in flight. */
  interrupt(): void;
  close(): Promise<void>;
}

/** Queries that may read the tables of a database and nothing else. */
export interface BoundedQueries extends CellDatabase {
  /** Throws SqlError where a query, as DuckDB is to get it, may read more than tables; these operators may be called. */
  check(sql: string, operators: OperatorSet): Promise<void>;
}

/** The one handle on one DuckDB file. */
export interface Database {
  readonly name: string;
  /** What cells of cascades may read. */
  readonly queries: BoundedQueries;
  connect(): Promise<EngineConnection>;
}

export interface Databases {
  /** Opens `<dataDir>/<name>.duckdb`, creating it; the same handle for the same name. Throws SqlError 3D000. */
  open(name: string): Promise<Database>;
  names(): Promise<readonly string[]>;
  close(): Promise<void>;
}
