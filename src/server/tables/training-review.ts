import { virtualColumns } from './virtual-table.ts';
import type { VirtualTable } from './virtual-table.ts';

/** Unmarked calls, drawn uniformly: labels for measuring. */
export const trainingAudit: VirtualTable = Object.freeze({
  name: 'training_audit',
  source: 'rvbbit.training_audit',
  writable: false,
  columns: virtualColumns([
    ['trace_id', 'VARCHAR'],
    ['timestamp', 'TIMESTAMP'],
    ['cascade_id', 'VARCHAR'],
    ['cell_name', 'VARCHAR'],
    ['inputs', 'VARCHAR'],
    ['output', 'VARCHAR'],
  ]),
});

/** Unmarked calls, those first whose label teaches most. */
export const trainingQueue: VirtualTable = Object.freeze({
  name: 'training_queue',
  source: 'computed',
  computed: true,
  writable: false,
  columns: virtualColumns([
    ['position', 'INTEGER'],
    ['trace_id', 'VARCHAR'],
    ['reason', 'VARCHAR'],
    ['cascade_id', 'VARCHAR'],
    ['cell_name', 'VARCHAR'],
    ['inputs', 'VARCHAR'],
    ['output', 'VARCHAR'],
  ]),
});

/** Pairs of marked calls that contradict one another; neither teaches, or only a person's against a rule's. */
export const trainingConflicts: VirtualTable = Object.freeze({
  name: 'training_conflicts',
  source: 'computed',
  computed: true,
  writable: false,
  columns: virtualColumns([
    ['cascade_id', 'VARCHAR'],
    ['cell_name', 'VARCHAR'],
    ['kind', 'VARCHAR'],
    ['similarity', 'DOUBLE'],
    ['trace_id', 'VARCHAR'],
    ['inputs', 'VARCHAR'],
    ['output', 'VARCHAR'],
    ['other_trace_id', 'VARCHAR'],
    ['other_inputs', 'VARCHAR'],
    ['other_output', 'VARCHAR'],
  ]),
});
