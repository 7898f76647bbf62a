import { z } from 'zod';
import { cascadeSummary } from '../describe-cascade.ts';
import { readCascadeCosts } from '../reads/cascade-costs.ts';
import { defineRoute } from '../route.ts';
import { cascadeSummaryShape } from '../schemas/operators.ts';

export const operators = defineRoute({
  method: 'GET',
  path: '/api/operators',
  summary: 'The loaded cascades and what they have cost',
  answer: z.object({ operators: z.array(cascadeSummaryShape) }),
  async handle(_request, parts) {
    await parts.training.log.flush();
    const costs = await readCascadeCosts(parts.training.store);
    const cascades = [...parts.operators().cascades.values()];
    return { operators: cascades.map((cascade) => cascadeSummary(cascade, costs.get(cascade.cascadeId))) };
  },
});
