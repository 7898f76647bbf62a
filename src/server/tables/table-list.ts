import { annotationHistory } from './annotation-history.ts';
import { rvbbitCalls } from './rvbbit-calls.ts';
import { trainingAnnotations } from './training-annotations.ts';
import { annotatedExamples, trainingExamples } from './training-examples.ts';
import { trainingInjections } from './training-injections.ts';
import { trainingAudit, trainingConflicts, trainingQueue } from './training-review.ts';
import { trainingStats } from './training-stats.ts';
import { unifiedLogs } from './unified-logs.ts';
import type { VirtualTable } from './virtual-table.ts';

export const VIRTUAL_TABLES: readonly VirtualTable[] = Object.freeze([
  unifiedLogs,
  trainingAnnotations,
  annotationHistory,
  trainingExamples,
  annotatedExamples,
  trainingStats,
  trainingInjections,
  trainingAudit,
  trainingQueue,
  trainingConflicts,
  rvbbitCalls,
]);

const WORD = /[\p{L}_][\p{L}\p{N}_$]*/gu;

/**
 * The virtual tables whose name stands anywhere in the text, in a string or comment too: asking for one too many
 * costs time, one too few gives wrong rows.
 */
export function mentionedTables(sql: string): readonly VirtualTable[] {
  const words = new Set(Array.from(sql.matchAll(WORD), ([word]) => word.toLowerCase()));
  return VIRTUAL_TABLES.filter((table) => words.has(table.name));
}
