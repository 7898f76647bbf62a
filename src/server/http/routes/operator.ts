import { z } from 'zod';
import { cascadeDetail } from '../describe-cascade.ts';
import { loadedCascade } from '../loaded-cascade.ts';
import { readCascadeCosts } from '../reads/cascade-costs.ts';
import { defineRoute } from '../route.ts';
import { cascadeDetailShape } from '../schemas/operators.ts';

export const operator = defineRoute({
  method: 'GET',
  path: '/api/operators/:cascade_id',
  summary: 'One cascade with its source, inputs and tests',
  params: z.object({ cascade_id: z.string().min(1) }),
  answer: cascadeDetailShape,
  async handle({ params }, parts) {
    const cascade = loadedCascade(parts.operators(), params.cascade_id);
    await parts.training.log.flush();
    const costs = await readCascadeCosts(parts.training.store);
    return cascadeDetail(cascade, costs.get(cascade.cascadeId));
  },
});
