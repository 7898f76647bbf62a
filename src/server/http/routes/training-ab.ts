import { z } from 'zod';
import { SqlError } from '../../../errors.ts';
import { defineRoute } from '../route.ts';

const spent = z.object({ costUsd: z.number(), tokens: z.number() });

/** The same comparison as `rvbbit training ab`; it makes calls, and takes as long as they do. */
export const trainingAb = defineRoute({
  method: 'POST',
  path: '/api/training/ab',
  summary: 'Compare a cell with and without training, or with two strategies, over its marked rows',
  body: z.strictObject({
    cascade_id: z.string(),
    cell_name: z.string().optional().describe('The last cell that trains where left out'),
    sample: z.number().int().min(1).max(5_000).optional(),
    strategies: z.array(z.string()).max(2).default([]),
  }),
  answer: z.object({
    cascade: z.string(),
    cell: z.string(),
    armA: z.string(),
    armB: z.string(),
    verdict: z.string(),
    n: z.number(),
    accuracyA: z.number(),
    accuracyB: z.number(),
    delta: z.number(),
    interval: z.array(z.number()),
    wins: z.number(),
    losses: z.number(),
    midP: z.number(),
    eValue: z.number(),
    spentA: spent,
    spentB: spent,
    costOfErrorAvoided: z.number().nullable(),
    changed: z.array(z.record(z.string(), z.unknown())),
    notes: z.array(z.string()),
  }),
  async handle({ body, signal }, { measure }) {
    if (measure === undefined) throw new SqlError('0A000', 'this server makes no comparisons');
    const { cascade_id: cascade, cell_name: cell, sample, strategies } = body;
    const measured = await measure({ cascade, cell, sample, strategies }, signal);
    const { interval, changed, notes } = measured;
    return {
      ...measured,
      interval: [...interval],
      notes: [...notes],
      changed: changed.map((row) => ({ ...row })),
    };
  },
});
