import { z } from 'zod';

export const cascadeSummaryShape = z.object({
  cascade_id: z.string(),
  description: z.string(),
  file: z.string(),
  function: z.string().nullable().describe('SQL function'),
  returns: z.string().nullable(),
  keywords: z.array(z.string()),
  cells: z.array(z.object({ name: z.string(), kind: z.string(), trains: z.boolean() })),
  tests: z.number(),
  calls: z.number(),
  errors: z.number(),
  cost_usd: z.number().nullable(),
  mean_ms: z.number().nullable(),
});

export type CascadeSummary = z.infer<typeof cascadeSummaryShape>;

export const cascadeDetailShape = cascadeSummaryShape.extend({
  source: z.string().describe('YAML'),
  inputs: z.array(
    z.object({ name: z.string(), type: z.string(), optional: z.boolean(), criterion: z.boolean() }),
  ),
  test_cases: z.array(z.object({ inputs: z.record(z.string(), z.unknown()), expect: z.unknown() })),
});

export type CascadeDetail = z.infer<typeof cascadeDetailShape>;

export const trialShape = z.object({
  value: z.unknown().describe("The cascade's answer"),
  outputs: z.record(z.string(), z.unknown()).describe('By cell'),
  trace_id: z.string(),
  duration_ms: z.number(),
});

export type Trial = z.infer<typeof trialShape>;
