import { z } from 'zod';
import { readConflicts } from '../reads/conflicts.ts';
import { readNearConflicts } from '../reads/near-conflicts.ts';
import { defineRoute } from '../route.ts';
import { conflictShape } from '../schemas/annotations.ts';
import { wholeNumber } from '../schemas/fields.ts';

/** Near duplicates come with the first page. */
const MOST_NEAR = 50;

export const conflicts = defineRoute({
  method: 'GET',
  path: '/api/training/conflicts',
  summary: 'Examples of the same inputs, or of nearly the same, that teach different outputs',
  query: z.strictObject({
    limit: wholeNumber(1, 1_000).default(50),
    offset: wholeNumber(0, 1_000_000).default(0),
  }),
  answer: z.object({ conflicts: z.array(conflictShape), total: z.number() }),
  async handle({ query }, { training, operators }) {
    const same = await readConflicts(training.store, query);
    const near = await readNearConflicts(training, operators(), MOST_NEAR);
    return {
      conflicts: [...same.conflicts, ...(query.offset === 0 ? near : [])],
      total: same.total + near.length,
    };
  },
});
