import { z } from 'zod';
import { readSessionLogs } from '../reads/session-logs.ts';
import { cursor, cursorAfter } from '../page-cursor.ts';
import { defineRoute } from '../route.ts';
import { wholeNumber } from '../schemas/fields.ts';
import { callShape } from '../schemas/calls.ts';

const logShape = callShape.extend({
  statement_id: z.string(),
  caller: z.string(),
  provider: z.string(),
  trainable: z.boolean(),
  verified: z.boolean(),
  confidence: z.number().nullable(),
});

export const sessionLogs = defineRoute({
  method: 'GET',
  path: '/api/training/session-logs',
  summary: 'The calls of a session in order, with their marks',
  query: z.strictObject({
    session_id: z.string({ error: 'must name a session' }).min(1, { error: 'must name a session' }),
    limit: wholeNumber(1, 10_000).default(1_000),
    offset: wholeNumber(0, 100_000_000).default(0),
    cursor: cursor.optional().describe('next_cursor of the page before'),
  }),
  answer: z.object({
    session_id: z.string(),
    logs: z.array(logShape),
    total: z.number().describe('Of all pages'),
    next_cursor: z.string().nullable().describe('Of the next page; null after the last'),
  }),
  async handle({ query }, { training }) {
    await training.log.flush();
    const { session_id, limit, offset, cursor: after } = query;
    const page = await readSessionLogs(training.store, session_id, { limit, offset, after });
    const { logs, total, last } = page;
    return { session_id, logs, total, next_cursor: last === null ? null : cursorAfter(last) };
  },
});
