import { virtualColumns } from './virtual-table.ts';
import type { VirtualTable } from './virtual-table.ts';

/** The statements that are having answers made, and how far they are. */
export const rvbbitCalls: VirtualTable = Object.freeze({
  name: 'rvbbit_calls',
  source: 'computed',
  computed: true,
  fromMemory: true,
  writable: false,
  columns: virtualColumns([
    ['statement_id', 'VARCHAR'],
    ['session_id', 'VARCHAR'],
    ['caller', 'VARCHAR'],
    ['sql', 'VARCHAR'],
    ['started_at', 'TIMESTAMP'],
    ['calls_done', 'BIGINT'],
    ['calls_to_do', 'BIGINT'],
    ['calls_in_flight', 'BIGINT'],
    ['calls_failed', 'BIGINT'],
    ['requests', 'BIGINT'],
    ['tokens', 'BIGINT'],
    ['cost_usd', 'DOUBLE'],
    ['eta_seconds', 'DOUBLE', 'null'],
  ]),
});
