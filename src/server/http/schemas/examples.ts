import { z } from 'zod';
import { cursor } from '../page-cursor.ts';
import { flag, list, share, wholeNumber } from './fields.ts';

/** What is left out filters nothing. */
export const exampleFilterShape = z.strictObject({
  cascade_id: list.optional().describe('Repeatable'),
  cell_name: list.optional().describe('Repeatable'),
  model: list.optional().describe('Repeatable'),
  label: list.optional().describe('Logged output; repeatable'),
  tag: list.optional().describe('Repeatable; an example has one of them'),
  marked: flag.optional().describe('Whether it has an annotation'),
  trainable: flag.optional(),
  verified: flag.optional(),
  corrected: flag.optional(),
  min_confidence: share.optional().describe('0 to 1; keeps marked ones only'),
  max_confidence: share.optional().describe('0 to 1; keeps marked ones only'),
  conflict: flag.optional().describe('Marked trainable with the inputs of one whose output differs'),
  stale: flag.optional().describe('Made with another prompt or schema than the cell has now'),
  session_id: z.string().optional(),
  statement_id: z.string().optional(),
  search: z
    .string()
    .max(1_000, { error: 'must have at most 1,000 characters' })
    .optional()
    .describe('Found in inputs, output, correction or notes, in any case'),
  as_of: wholeNumber(0, Number.MAX_SAFE_INTEGER)
    .optional()
    .describe('Leaves out what was logged later: as_of of the first page keeps pages from shifting'),
});

export type ExampleFilter = z.infer<typeof exampleFilterShape>;

export const examplePageQueryShape = exampleFilterShape.extend({
  limit: wholeNumber(1, 1_000).default(100),
  offset: wholeNumber(0, 100_000_000).default(0),
  cursor: cursor
    .optional()
    .describe('next_cursor of the page before: pages do not shift as calls are logged'),
  text_limit: wholeNumber(1, 1_000_000).optional().describe('Cuts inputs and output to so many characters'),
});

export const exampleShape = z.object({
  trace_id: z.string(),
  timestamp: z.string().describe('YYYY-MM-DD hh:mm:ss.ffffff, UTC'),
  session_id: z.string(),
  statement_id: z.string(),
  run_id: z.string(),
  caller: z.string(),
  cascade_id: z.string(),
  cell_name: z.string(),
  fingerprint: z.string(),
  inputs: z.string().describe('JSON of the declared inputs'),
  output: z.string(),
  model: z.string(),
  provider: z.string(),
  cost_usd: z.number().nullable(),
  probability: z.number().nullable(),
  trainable: z.boolean(),
  verified: z.boolean(),
  confidence: z.number().nullable().describe('null where nobody has marked the call'),
  notes: z.string(),
  tags: z.array(z.string()),
  correction: z.string().nullable(),
  annotated_at: z.string().nullable(),
  annotated_by: z.string(),
  annotation_source: z.string(),
  stale: z.boolean(),
  conflict: z.boolean(),
});

export type ExampleRow = z.infer<typeof exampleShape>;

export const examplePageShape = z.object({
  examples: z.array(exampleShape),
  total: z.number().describe('Of all pages'),
  limit: z.number(),
  offset: z.number(),
  as_of: z.number(),
  next_cursor: z.string().nullable().describe('Of the next page; null after the last'),
});

export type ExamplePage = z.infer<typeof examplePageShape>;

export const similarExampleShape = exampleShape.extend({
  similarity: z.number().describe('Cosine, -1 to 1'),
});

export type SimilarExample = z.infer<typeof similarExampleShape>;

export const exampleCountsShape = z.object({
  total: z.number(),
  marked: z.number(),
  trainable: z.number(),
  verified: z.number(),
  corrected: z.number(),
  labels: z
    .array(z.object({ label: z.string(), count: z.number() }))
    .describe('Most frequent first, at most 12'),
});

export type ExampleCounts = z.infer<typeof exampleCountsShape>;

export const filterOptionsShape = z.object({
  cells: z.array(
    z.object({
      cascade_id: z.string(),
      cell_name: z.string(),
      count: z.number(),
      loaded: z.boolean().describe('Whether such a cell is loaded now'),
    }),
  ),
  models: z.array(z.object({ model: z.string(), count: z.number() })),
  tags: z.array(z.object({ tag: z.string(), count: z.number() })),
});

export type FilterOptions = z.infer<typeof filterOptionsShape>;
