import { z } from 'zod';
import { defineRoute } from '../route.ts';

export const cancelComparison = defineRoute({
  method: 'POST',
  path: '/api/training/ab/cancel',
  summary: 'Cancel a comparison; cancelled is false where it has ended',
  writes: true,
  body: z.strictObject({ run_id: z.string().min(1) }),
  answer: z.object({ cancelled: z.boolean() }),
  async handle({ body }, { comparisons }) {
    return { cancelled: comparisons.cancel(body.run_id) };
  },
});
