import { virtualColumns } from './virtual-table.ts';
import type { VirtualTable } from './virtual-table.ts';

/** One row a cell of a cascade. */
export const trainingStats: VirtualTable = Object.freeze({
  name: 'training_stats_by_cascade',
  source: 'rvbbit.training_stats_by_cascade',
  writable: false,
  columns: virtualColumns([
    ['cascade_id', 'VARCHAR'],
    ['cell_name', 'VARCHAR'],
    ['total_executions', 'BIGINT'],
    ['annotated_count', 'BIGINT'],
    ['trainable_count', 'BIGINT'],
    ['verified_count', 'BIGINT'],
    ['avg_confidence', 'DOUBLE', 'null'],
    ['first_execution', 'TIMESTAMP'],
    ['last_execution', 'TIMESTAMP'],
  ]),
});
