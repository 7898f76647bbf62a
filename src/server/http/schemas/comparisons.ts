import { z } from 'zod';

const resultFields = {
  n: z.number().describe('Rows that both arms have answered'),
  accuracyA: z.number(),
  accuracyB: z.number(),
  delta: z.number().describe('Accuracy of B less that of A'),
  interval: z.array(z.number()).describe('95 % interval of delta'),
  wins: z.number().describe('Rows that only B has right'),
  losses: z.number().describe('Rows that only A has right'),
  midP: z.number().describe('McNemar, for who looks once, at the end'),
  eValue: z.number().describe('For who watches: 20 or more is an alarm'),
  verdict: z.string(),
};

const spentShape = z.object({ costUsd: z.number(), tokens: z.number() });

export const changedRowShape = z.object({
  traceId: z.string(),
  inputs: z.record(z.string(), z.unknown()),
  truth: z.string(),
  a: z.string(),
  b: z.string(),
});

export type ChangedRow = z.infer<typeof changedRowShape>;

export const comparisonReportShape = z.object({
  cascade: z.string(),
  cell: z.string(),
  armA: z.string(),
  armB: z.string(),
  ...resultFields,
  spentA: spentShape,
  spentB: spentShape,
  costOfErrorAvoided: z.number().nullable(),
  changed: z.array(changedRowShape),
  notes: z.array(z.string()),
});

export type ComparisonReport = z.infer<typeof comparisonReportShape>;

export const comparisonRequestShape = z.strictObject({
  cascade_id: z.string(),
  cell_name: z.string().optional().describe('The last cell that trains where left out'),
  sample: z.number().int().min(1).max(5_000).default(200),
  strategies: z
    .array(z.string())
    .max(2)
    .default([])
    .describe('None: without training against the settings of the cell. One: without against it. Two: both'),
});

export type ComparisonRequest = z.infer<typeof comparisonRequestShape>;

export const comparisonRunShape = z.object({
  run_id: z.string(),
  request: comparisonRequestShape,
  state: z.enum(['running', 'done', 'failed', 'cancelled']),
  started_at: z.string().describe('ISO 8601'),
  ended_at: z.string().nullable(),
  so_far: z.object(resultFields).nullable().describe('null before the first row'),
  report: comparisonReportShape.nullable().describe('null unless it is done'),
  error: z.string().nullable(),
});

export type ComparisonRun = z.infer<typeof comparisonRunShape>;
