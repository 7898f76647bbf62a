import { z } from 'zod';
import { readRuns } from '../comparisons/stored-runs.ts';
import { defineRoute } from '../route.ts';
import { comparisonRunShape } from '../schemas/comparisons.ts';

export const comparisonList = defineRoute({
  method: 'GET',
  path: '/api/training/ab/runs',
  summary: 'Comparisons under way as they stand, then the last ones that ended',
  answer: z.object({ runs: z.array(comparisonRunShape) }),
  async handle(_request, { comparisons, training }) {
    const running = comparisons.list();
    const known = new Set(running.map(({ run_id }) => run_id));
    const ended = (await readRuns(training.store)).filter(({ run_id }) => !known.has(run_id));
    return { runs: [...running, ...ended] };
  },
});
