import { z } from 'zod';

export const errorShape = z.object({
  error: z.string().describe('What is wrong, in a sentence'),
  code: z.string().describe('SQLSTATE'),
  field: z.string().optional().describe('The field of the request that is wrong'),
  reason: z.string().optional().describe('Why it is wrong'),
  detail: z.string().optional(),
  hint: z.string().optional().describe('The way out'),
  position: z.number().optional().describe('1-based character offset in the SQL sent'),
});

export type ErrorShape = z.infer<typeof errorShape>;
