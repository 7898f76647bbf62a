import { z } from 'zod';
import { defineRoute } from '../route.ts';

const statsShape = z.object({
  stats: z.array(
    z.object({
      cascade_id: z.string(),
      cell_name: z.string(),
      total_executions: z.number(),
      annotated_count: z.number(),
      trainable_count: z.number(),
      verified_count: z.number(),
      avg_confidence: z.number().nullable(),
      first_execution: z.string(),
      last_execution: z.string(),
    }),
  ),
});

export const trainingStats = defineRoute({
  method: 'GET',
  path: '/api/training/stats',
  summary: 'Executions and marks of each cell',
  query: z.strictObject({ cascade_id: z.string().optional() }),
  answer: statsShape,
  async handle({ query }, { training }) {
    return { stats: [...(await training.getTrainingStats(query.cascade_id))] };
  },
});
