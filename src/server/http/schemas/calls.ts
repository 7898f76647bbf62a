import { z } from 'zod';
import { exampleShape } from './examples.ts';

/** Sums over some calls. */
const callSums = {
  calls: z.number(),
  errors: z.number(),
  tokens_in: z.number(),
  tokens_out: z.number(),
  cost_usd: z.number().nullable().describe('null where no price is known'),
  taught: z.number().describe('Calls whose prompt held examples'),
};

export const statementShape = z.object({
  statement_id: z.string(),
  session_id: z.string(),
  started_at: z.string(),
  caller: z.string(),
  recorded: z.boolean().describe('Whether the statement itself was logged; if not, only its calls are known'),
  database: z.string(),
  user_name: z.string(),
  sql: z.string(),
  cascade_id: z.string().describe('The cascade of its first call; empty where it made none'),
  rows: z.number(),
  from_memory: z.number().describe('Distinct answers that this server still knew'),
  from_log: z.number().describe('Distinct answers found in unified_logs'),
  from_model: z.number().describe('Distinct answers for which a model was asked'),
  from_proxy: z
    .number()
    .describe('Distinct answers that a proxy gave in the place of the model (rvbbit.recall)'),
  from_human: z.number().describe('Distinct answers that people have verified'),
  duration_ms: z.number(),
  error: z.string().nullable(),
  ...callSums,
});

export type Statement = z.infer<typeof statementShape>;

export const runningStatementShape = z.object({
  statement_id: z.string(),
  session_id: z.string(),
  sql: z.string(),
  started_at: z.string().describe('ISO 8601'),
  answered: z.number().describe('Answers had from models'),
  missing: z.number().describe('Answers still to be had, as far as is known now'),
  failed: z.number(),
  cost_usd: z.number(),
  eta_seconds: z.number().nullable(),
});

export type RunningStatement = z.infer<typeof runningStatementShape>;

export const callGroupShape = z.object({
  statement_id: z.string(),
  operator: z.string().nullable().describe('SQL function; null where the cascade is none'),
  cascade_id: z.string(),
  cell_name: z.string(),
  ...callSums,
});

export type CallGroup = z.infer<typeof callGroupShape>;

export const callShape = z.object({
  trace_id: z.string(),
  timestamp: z.string(),
  run_id: z.string(),
  parent_trace_id: z.string().nullable(),
  cascade_id: z.string(),
  cell_name: z.string(),
  inputs: z.string().describe('First 400 characters'),
  output: z.string().describe('First 400 characters'),
  model: z.string(),
  tokens_in: z.number(),
  tokens_out: z.number(),
  cost_usd: z.number().nullable(),
  duration_ms: z.number(),
  retries: z.number(),
  attempt: z.number(),
  take: z.number(),
  examples: z.number().describe('Examples in the prompt'),
  source: z.string().describe('Who gave the answer: model, proxy or human'),
  error: z.string().nullable(),
});

export type Call = z.infer<typeof callShape>;

export const wholeCallShape = z.object({
  call: callShape.extend({
    session_id: z.string(),
    statement_id: z.string(),
    caller: z.string(),
    fingerprint: z.string(),
    provider: z.string(),
    tokens_cached: z.number(),
    request: z.string().describe('JSON as sent'),
    response: z.string().describe('JSON as received'),
    probability: z.number().nullable(),
    training_trouble: z.string().nullable(),
  }),
  examples: z
    .array(exampleShape)
    .describe('That were in the prompt, in its order; ones deleted since are missing'),
  example: exampleShape.nullable().describe('The call as an example; null where it failed'),
});

export type WholeCall = z.infer<typeof wholeCallShape>;
