import { z } from 'zod';
import { exampleShape } from './examples.ts';

export const queueReason = z
  .enum(['contradicts', 'uncertain', 'unlike', 'sample'])
  .describe(
    'Why it is shown now: it contradicts its nearest marked neighbour, the model was unsure, nothing marked is like ' +
      'it, or it was drawn by chance',
  );

export type QueueReason = z.infer<typeof queueReason>;

export const queuedExampleShape = exampleShape.extend({ reason: queueReason });

export type QueuedExample = z.infer<typeof queuedExampleShape>;

export const queueShape = z.object({
  examples: z.array(queuedExampleShape),
  total: z.number().describe('Calls without a mark, repetitions of the same inputs included'),
});

export type Queue = z.infer<typeof queueShape>;
