import { virtualColumns } from './virtual-table.ts';
import type { VirtualTable } from './virtual-table.ts';

/** Which examples taught a call: one row an example, in the order of the prompt. */
export const trainingInjections: VirtualTable = Object.freeze({
  name: 'training_injections',
  source: 'rvbbit.training_injections',
  writable: false,
  columns: virtualColumns([
    ['trace_id', 'VARCHAR'],
    ['timestamp', 'TIMESTAMP'],
    ['cascade_id', 'VARCHAR'],
    ['cell_name', 'VARCHAR'],
    ['example_trace_id', 'VARCHAR'],
    ['strategy', 'VARCHAR'],
    ['rank', 'INTEGER'],
    ['similarity', 'DOUBLE', 'null'],
  ]),
});
