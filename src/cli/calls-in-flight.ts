import type { StatementsInFlight } from '../operators/evaluation/progress/statements-in-flight.ts';
import type { TableSource } from '../server/tables/fill-table.ts';

/** The rows of `rvbbit_calls`. */
export function callsInFlight(inFlight: StatementsInFlight): NonNullable<TableSource['computed']> {
  return Object.freeze({
    rvbbit_calls: async () =>
      inFlight.rows().map((row) => ({
        statement_id: row.statementId,
        session_id: row.sessionId,
        caller: row.caller,
        sql: row.sql,
        started_at: new Date(row.startedAt).toISOString().replace('T', ' ').replace('Z', ''),
        calls_done: row.callsDone,
        calls_to_do: row.callsToDo,
        calls_in_flight: row.callsInFlight,
        calls_failed: row.callsFailed,
        requests: row.spent.calls,
        tokens: row.spent.tokens,
        cost_usd: row.spent.costUsd,
        eta_seconds: row.etaSeconds,
      })),
  });
}
