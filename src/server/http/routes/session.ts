import { z } from 'zod';
import { SqlError } from '../../../errors.ts';
import { readCallGroups, readStatements } from '../reads/statements.ts';
import { defineRoute } from '../route.ts';
import { callGroupShape, statementShape } from '../schemas/calls.ts';

/** Statements of a session that are listed at once. */
const MOST_STATEMENTS = 500;
/** Before the log began, and within the range of ClickHouse's DateTime. */
const EVER_DAYS = 18_000;

export const session = defineRoute({
  method: 'GET',
  path: '/api/sessions/:session_id',
  summary: 'The statements of a session and what their calls were for',
  params: z.object({ session_id: z.string().min(1) }),
  answer: z.object({
    session_id: z.string(),
    statements: z.array(statementShape),
    total: z.number(),
    groups: z.array(callGroupShape),
  }),
  async handle({ params }, parts) {
    await Promise.all([parts.training.log.flush(), parts.statements.flush()]);
    const { store } = parts.training;
    const { cascades } = parts.operators();
    const sessionId = params.session_id;
    const [listed, groups] = await Promise.all([
      readStatements(store, { sessionId, days: EVER_DAYS, limit: MOST_STATEMENTS, offset: 0 }),
      readCallGroups(store, 'session_id', sessionId, (id) => cascades.get(id)?.sqlFunction?.name ?? null),
    ]);
    if (listed.statements.length === 0) throw new SqlError('02000', `no session "${sessionId}" was logged`);
    return { session_id: sessionId, ...listed, groups };
  },
});
