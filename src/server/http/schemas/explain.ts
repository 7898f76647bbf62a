import { z } from 'zod';

export const messageShape = z.object({ role: z.string(), content: z.string() });

export type Message = z.infer<typeof messageShape>;

export const scoredExampleShape = z.object({
  trace_id: z.string(),
  inputs: z.string(),
  output: z.string(),
  confidence: z.number(),
  verified: z.boolean(),
  similarity: z.number().nullable().describe('Cosine between the inputs'),
});

export type ScoredExample = z.infer<typeof scoredExampleShape>;

export const explanationShape = z.object({
  cascade_id: z.string(),
  cell_name: z.string(),
  inputs: z.string(),
  use_training: z.boolean(),
  strategy: z.string(),
  format: z.string(),
  limit: z.number(),
  eligible: z.number().describe('Examples that the strategy chose from'),
  trouble: z.string().nullable(),
  examples: z.array(scoredExampleShape).describe('That a call would get now, in the order of the prompt'),
  prompt_with: z.array(messageShape).describe('As it would be sent now'),
  prompt_without: z.array(messageShape),
});

export type Explanation = z.infer<typeof explanationShape>;

export const rowExplanationShape = z.object({
  now: explanationShape.nullable().describe('null where the cell is not loaded any more'),
  then: z.object({
    examples: z.array(scoredExampleShape),
    prompt: z.array(messageShape).nullable().describe('null where the provider takes no messages'),
    output: z.string(),
  }),
});

export type RowExplanation = z.infer<typeof rowExplanationShape>;
