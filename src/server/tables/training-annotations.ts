import { virtualColumns } from './virtual-table.ts';
import type { VirtualTable } from './virtual-table.ts';

/** The newest annotation of each marked call; the one virtual table that takes rows. */
export const trainingAnnotations: VirtualTable = Object.freeze({
  name: 'training_annotations',
  source: 'rvbbit.training_annotations FINAL',
  writable: true,
  key: 'trace_id',
  columns: virtualColumns([
    ['trace_id', 'VARCHAR'],
    ['trainable', 'BOOLEAN'],
    ['verified', 'BOOLEAN'],
    ['confidence', 'DOUBLE'],
    ['notes', 'VARCHAR'],
    ['tags', 'VARCHAR[]'],
    ['correction', 'VARCHAR', 'null'],
    ['annotated_at', 'TIMESTAMP'],
    ['annotated_by', 'VARCHAR'],
    ['source', 'VARCHAR'],
  ]),
});

/** The table as DuckDB holds it: what a statement may leave out has its default here. */
export const ANNOTATIONS_DDL = `CREATE TEMP TABLE IF NOT EXISTS training_annotations (
  trace_id VARCHAR PRIMARY KEY,
  trainable BOOLEAN NOT NULL DEFAULT false,
  verified BOOLEAN NOT NULL DEFAULT false,
  confidence DOUBLE NOT NULL DEFAULT 1.0 CHECK (confidence BETWEEN 0 AND 1),
  notes VARCHAR NOT NULL DEFAULT '',
  tags VARCHAR[] NOT NULL DEFAULT [],
  correction VARCHAR,
  annotated_at TIMESTAMP NOT NULL DEFAULT make_timestamp(epoch_us(now())),
  annotated_by VARCHAR NOT NULL DEFAULT '',
  source VARCHAR NOT NULL DEFAULT 'human')`;
