import { z } from 'zod';
import { readCalls } from '../reads/calls.ts';
import { defineRoute } from '../route.ts';
import { callShape } from '../schemas/calls.ts';
import { flag, wholeNumber } from '../schemas/fields.ts';

export const statementCalls = defineRoute({
  method: 'GET',
  path: '/api/statements/:statement_id/calls',
  summary: 'The calls of a statement in order',
  params: z.object({ statement_id: z.string().min(1) }),
  query: z.strictObject({
    cascade_id: z.string().optional(),
    cell_name: z.string().optional(),
    failed: flag.optional(),
    limit: wholeNumber(1, 1_000).default(100),
    offset: wholeNumber(0, 10_000_000).default(0),
  }),
  answer: z.object({ calls: z.array(callShape) }),
  async handle({ params, query }, { training }) {
    await training.log.flush();
    const { limit, offset, ...filter } = query;
    const calls = await readCalls(
      training.store,
      { ...filter, statement_id: params.statement_id },
      { limit, offset },
    );
    return { calls };
  },
});
