import { virtualColumns } from './virtual-table.ts';
import type { VirtualTable } from './virtual-table.ts';

/** Every version of every annotation, removals included. */
export const annotationHistory: VirtualTable = Object.freeze({
  name: 'training_annotation_history',
  source: 'rvbbit.training_annotation_history',
  writable: false,
  columns: virtualColumns([
    ['trace_id', 'VARCHAR'],
    ['cascade_id', 'VARCHAR'],
    ['cell_name', 'VARCHAR'],
    ['trainable', 'BOOLEAN'],
    ['verified', 'BOOLEAN'],
    ['confidence', 'DOUBLE'],
    ['notes', 'VARCHAR'],
    ['tags', 'VARCHAR[]'],
    ['correction', 'VARCHAR', 'null'],
    ['annotated_at', 'TIMESTAMP'],
    ['annotated_by', 'VARCHAR'],
    ['source', 'VARCHAR'],
    ['version', 'BIGINT'],
    ['deleted', 'BOOLEAN'],
  ]),
});
