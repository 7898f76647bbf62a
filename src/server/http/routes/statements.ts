import { z } from 'zod';
import { readStatements } from '../reads/statements.ts';
import { defineRoute } from '../route.ts';
import { statementShape } from '../schemas/calls.ts';
import { flag, wholeNumber } from '../schemas/fields.ts';

export const statements = defineRoute({
  method: 'GET',
  path: '/api/statements',
  summary: 'Statements that asked for meaning, newest first, with what they cost',
  query: z.strictObject({
    session_id: z.string().optional(),
    search: z.string().max(1_000).optional().describe('Found in the SQL'),
    failed: flag.optional(),
    days: wholeNumber(1, 3_650).default(30),
    limit: wholeNumber(1, 500).default(100),
    offset: wholeNumber(0, 10_000_000).default(0),
  }),
  answer: z.object({ statements: z.array(statementShape), total: z.number() }),
  async handle({ query }, parts) {
    await Promise.all([parts.training.log.flush(), parts.statements.flush()]);
    const { session_id, ...rest } = query;
    return readStatements(parts.training.store, { ...rest, sessionId: session_id });
  },
});
