import { z } from 'zod';

export const sqlRequestShape = z.strictObject({
  sql: z.string().min(1, { error: 'is empty' }),
  database: z.string().min(1).default('default'),
  run_id: z.string().min(1).max(100).describe('Chosen by the client; names the run to cancel it'),
  session_key: z.string().min(1).max(100).describe('Chosen by the client: runs of one key share a session'),
  max_rows: z.number().int().min(1).max(100_000).default(5_000),
});

const noticeShape = z.object({
  severity: z.string(),
  code: z.string(),
  message: z.string(),
  detail: z.string().optional(),
  hint: z.string().optional(),
});

/** One line of the answer. */
export const sqlLineShape = z.discriminatedUnion('type', [
  z.object({ type: z.literal('statement'), session_id: z.string(), statement_id: z.string() }),
  z.object({
    type: z.literal('columns'),
    columns: z.array(z.object({ name: z.string(), type: z.string() })),
  }),
  z.object({ type: z.literal('rows'), rows: z.array(z.array(z.string().nullable())) }),
  z.object({ type: z.literal('notice'), notice: noticeShape }),
  z.object({ type: z.literal('done'), tag: z.string(), rows: z.number(), truncated: z.boolean() }),
  z.object({
    type: z.literal('error'),
    error: z.string(),
    code: z.string(),
    detail: z.string().optional(),
    hint: z.string().optional(),
    position: z.number().optional(),
  }),
]);

export type SqlLine = z.infer<typeof sqlLineShape>;
