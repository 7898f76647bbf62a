import { z } from 'zod';
import { defineRoute } from '../route.ts';
import { runningStatementShape } from '../schemas/calls.ts';

export const runningStatements = defineRoute({
  method: 'GET',
  path: '/api/running-statements',
  summary: 'Statements that wait for answers on this server now, and how far they are',
  answer: z.object({ statements: z.array(runningStatementShape) }),
  async handle(_request, { running }) {
    const statements = (running?.() ?? []).map((one) => ({
      statement_id: one.statementId,
      session_id: one.sessionId,
      sql: one.sql,
      started_at: new Date(one.startedAt).toISOString(),
      answered: one.callsDone,
      missing: one.callsToDo,
      failed: one.callsFailed,
      cost_usd: one.spent.costUsd,
      eta_seconds: one.etaSeconds,
    }));
    return { statements };
  },
});
