import { z } from 'zod';
import { defineRoute } from '../route.ts';

export const sqlCancel = defineRoute({
  method: 'POST',
  path: '/api/sql/cancel',
  summary: 'Cancel a run; cancelled is false where it has ended',
  body: z.strictObject({ run_id: z.string().min(1) }),
  answer: z.object({ cancelled: z.boolean() }),
  async handle({ body, identity }, { sqlRuns }) {
    return { cancelled: sqlRuns.cancel(body.run_id, identity().name) };
  },
});
