import type { Measured, MeasureRequest } from '../../operators/measuring/measure-cell.ts';
import type { StatementProgress } from '../../operators/evaluation/progress/statements-in-flight.ts';
import type { Embedder } from '../../operators/models/embedder.ts';
import type { OperatorSet } from '../../operators/cascade/operator-set.ts';
import type { CascadeAnswer } from '../../operators/runner/cascade-runner.ts';
import type { StatementLog } from '../../training/log/statement-log.ts';
import type { TrainingSystem } from '../../training/training-system.ts';
import type { AccessControl } from '../access/access-control.ts';
import type { Metrics } from '../metrics/metrics.ts';
import type { Changes } from './changes.ts';
import type { ComparisonRuns } from './comparisons/comparison-runs.ts';
import type { ReadinessChecks } from './health.ts';
import type { SqlRunner } from './sql/sql-runner.ts';
import type { SqlRuns } from './sql/sql-runs.ts';

/** Runs a cascade for a request; logged as any other call. Throws SqlError. */
export type RunCascade = (
  cascadeId: string,
  inputs: Readonly<Record<string, unknown>>,
  signal: AbortSignal,
) => Promise<CascadeAnswer>;

/** What the HTTP interface works with; made and closed by whoever starts the server. */
export interface HttpParts {
  readonly training: TrainingSystem;
  readonly statements: StatementLog;
  readonly operators: () => OperatorSet;
  readonly sql: SqlRunner;
  readonly runCascade: RunCascade;
  readonly embedder: Embedder;
  /** Compares two ways of training a cell; left out, the server makes no comparisons. */
  readonly measure?: (request: MeasureRequest, signal: AbortSignal) => Promise<Measured>;
  /** Statements that wait for answers now; left out, none are listed. */
  readonly running?: () => readonly StatementProgress[];
  /** Left out, everybody who gets through is the administrator. */
  readonly access?: Pick<AccessControl, 'identify'>;
  /** Left out, there is no /metrics. */
  readonly metrics?: Metrics;
  /** What /readyz asks. */
  readonly readiness?: ReadinessChecks;
  /** The built Studio; null serves the interface alone. */
  readonly studioDir: string | null;
  /** Names, without ports, by which the server may be addressed; others are refused (DNS rebinding). */
  readonly hostNames: readonly string[];
  /** Told of faults that are no user's doing. */
  readonly warn: (message: string) => void;
}

/** What routes work with: the parts, and what an app keeps for itself. */
export interface RouteParts extends HttpParts {
  readonly sqlRuns: SqlRuns;
  readonly changes: Changes;
  readonly comparisons: ComparisonRuns;
}
