import type { Route } from '../route.ts';
import { accuracy } from './accuracy.ts';
import { attention } from './attention.ts';
import { call } from './call.ts';
import { cancelComparison } from './cancel-comparison.ts';
import { changeAnnotations } from './change-annotations.ts';
import { comparisonList } from './comparison-list.ts';
import { conflicts } from './conflicts.ts';
import { events } from './events.ts';
import { explainInputs } from './explain-inputs.ts';
import { explainRow } from './explain-row.ts';
import { filterOptions } from './filter-options.ts';
import { home } from './home.ts';
import { markTrainable } from './mark-trainable.ts';
import { operator } from './operator.ts';
import { operators } from './operators.ts';
import { reviewQueue } from './review-queue.ts';
import { runningStatements } from './running-statements.ts';
import { session } from './session.ts';
import { sessionLogs } from './session-logs.ts';
import { similarExamples } from './similar-examples.ts';
import { sqlCancel } from './sql-cancel.ts';
import { sqlDatabases } from './sql-databases.ts';
import { sqlRun } from './sql-run.ts';
import { startComparison } from './start-comparison.ts';
import { statementCalls } from './statement-calls.ts';
import { statements } from './statements.ts';
import { tracesOfRow } from './traces-of-row.ts';
import { trainingAb } from './training-ab.ts';
import { trainingCounts } from './training-counts.ts';
import { trainingExample } from './training-example.ts';
import { trainingExamples } from './training-examples.ts';
import { trainingStats } from './training-stats.ts';
import { tryOperator } from './try-operator.ts';

/** Every route, in the order of the OpenAPI document. */
export const routes: readonly Route[] = Object.freeze([
  trainingExamples,
  trainingExample,
  markTrainable,
  trainingStats,
  sessionLogs,
  changeAnnotations,
  trainingCounts,
  filterOptions,
  conflicts,
  reviewQueue,
  similarExamples,
  explainRow,
  explainInputs,
  trainingAb,
  startComparison,
  comparisonList,
  cancelComparison,
  accuracy,
  statements,
  statementCalls,
  runningStatements,
  session,
  call,
  home,
  attention,
  operators,
  operator,
  tryOperator,
  sqlDatabases,
  sqlRun,
  sqlCancel,
  tracesOfRow,
  events,
]);
