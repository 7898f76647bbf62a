import { z } from 'zod';
import { readConflicts } from '../reads/conflicts.ts';
import { defineRoute } from '../route.ts';
import { conflictShape } from '../schemas/annotations.ts';
import { wholeNumber } from '../schemas/fields.ts';

export const conflicts = defineRoute({
  method: 'GET',
  path: '/api/training/conflicts',
  summary: 'Examples of the same inputs that teach different outputs',
  query: z.strictObject({
    limit: wholeNumber(1, 1_000).default(50),
    offset: wholeNumber(0, 1_000_000).default(0),
  }),
  answer: z.object({ conflicts: z.array(conflictShape), total: z.number() }),
  async handle({ query }, { training }) {
    return readConflicts(training.store, query);
  },
});
