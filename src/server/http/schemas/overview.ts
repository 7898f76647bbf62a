import { z } from 'zod';

export const homeShape = z.object({
  days: z.array(
    z.object({
      day: z.string().describe('YYYY-MM-DD, UTC'),
      calls: z.number(),
      errors: z.number(),
      cost_usd: z.number(),
      tokens: z.number(),
      cached: z.number().describe('Answers that needed no call'),
    }),
  ),
  cascades: z.array(
    z.object({
      cascade_id: z.string(),
      calls: z.number(),
      errors: z.number(),
      cost_usd: z.number().nullable(),
      mean_ms: z.number(),
    }),
  ),
});

export type Home = z.infer<typeof homeShape>;

export const attentionShape = z.object({
  conflicts: z.number(),
  stale: z.number().describe('Marked examples of a former prompt'),
  errors_today: z.number(),
  unmarked: z.number().describe('Calls of cells that train and that nobody has looked at'),
  untaught: z.array(z.string()).describe('Cells that train, have calls and no example yet, as cascade.cell'),
  training_trouble: z
    .number()
    .describe('Calls of the last day that went without examples because of a fault'),
});

export type Attention = z.infer<typeof attentionShape>;

export const accuracyShape = z.object({
  points: z.array(
    z.object({
      day: z.string(),
      cascade_id: z.string(),
      taught: z.boolean().describe('Whether the prompts held examples'),
      judged: z.number(),
      right: z.number(),
      cost_usd: z.number().nullable(),
    }),
  ),
});

export type Accuracy = z.infer<typeof accuracyShape>;
