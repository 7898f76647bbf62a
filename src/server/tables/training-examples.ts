import { virtualColumns } from './virtual-table.ts';
import type { VirtualTable } from './virtual-table.ts';

const EXAMPLE_COLUMNS = [
  ['trace_id', 'VARCHAR'],
  ['timestamp', 'TIMESTAMP'],
  ['session_id', 'VARCHAR'],
  ['statement_id', 'VARCHAR'],
  ['run_id', 'VARCHAR'],
  ['caller', 'VARCHAR'],
  ['cascade_id', 'VARCHAR'],
  ['cell_name', 'VARCHAR'],
  ['fingerprint', 'VARCHAR'],
  ['inputs', 'VARCHAR'],
  ['output', 'VARCHAR'],
  ['model', 'VARCHAR'],
  ['provider', 'VARCHAR'],
  ['cost_usd', 'DOUBLE', 'null'],
  ['probability', 'DOUBLE', 'null'],
  ['ingested', 'BIGINT'],
] as const;

/** What a call can teach: every call that succeeded. */
export const trainingExamples: VirtualTable = Object.freeze({
  name: 'training_examples_mv',
  source: 'rvbbit.training_examples_mv',
  writable: false,
  columns: virtualColumns(EXAMPLE_COLUMNS),
});

/** The same beside the newest annotation of the call. */
export const annotatedExamples: VirtualTable = Object.freeze({
  name: 'training_examples_with_annotations',
  source: 'rvbbit.training_examples_with_annotations',
  writable: false,
  columns: virtualColumns([
    ...EXAMPLE_COLUMNS,
    ['trainable', 'BOOLEAN'],
    ['verified', 'BOOLEAN'],
    ['confidence', 'DOUBLE', 'null'],
    ['notes', 'VARCHAR'],
    ['tags', 'VARCHAR[]'],
    ['correction', 'VARCHAR', 'null'],
    ['annotated_at', 'TIMESTAMP', 'null'],
    ['annotated_by', 'VARCHAR'],
    ['annotation_source', 'VARCHAR'],
  ]),
});
