import type { DuckDBConnection } from '@duckdb/node-api';
import type { OperatorSet } from '../../operators/cascade/operator-set.ts';
import type { Evaluations } from '../../operators/evaluation/evaluations.ts';
import type { KnownAnswersPolicy } from './known-answers.ts';

export interface DatabasesOptions {
  /** Folder of the database files; made where it is not there. */
  readonly dataDir: string;
  readonly evaluations: Evaluations;
  readonly operators: () => OperatorSet;
  /** Makes what every database needs beside the operators (the catalogue's shims, functions): once a handle. */
  readonly prepare?: (run: (sql: string) => Promise<void>, connection: DuckDBConnection) => Promise<void>;
  /** When DuckDB is to look known answers up itself: for long scans where it is left out. */
  readonly knownAnswers?: KnownAnswersPolicy;
  /** Told of the operators in force, once they can be called: at the start and after each reload. */
  readonly installed?: (run: (sql: string) => Promise<void>, operators: OperatorSet) => Promise<void>;
  /** DuckDB's settings of each instance, by name. */
  readonly instanceSettings?: Readonly<Record<string, string>>;
  /** Run once all is prepared: what closes the instance. */
  readonly finalSettings?: readonly string[];
  /** Run on every new connection. */
  readonly connectionSettings?: readonly string[];
}
