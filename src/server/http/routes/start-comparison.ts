import { z } from 'zod';
import { requireMeasure } from '../comparisons/require-measure.ts';
import { findCell } from '../../../operators/measuring/measure-cell.ts';
import { defineRoute } from '../route.ts';
import { comparisonRequestShape } from '../schemas/comparisons.ts';

export const startComparison = defineRoute({
  method: 'POST',
  path: '/api/training/ab/runs',
  summary: 'Start a comparison and come back for its verdict as it goes',
  writes: true,
  body: comparisonRequestShape,
  answer: z.object({ run_id: z.string() }),
  async handle({ body }, parts) {
    findCell(parts.operators(), body.cascade_id, body.cell_name);
    return { run_id: parts.comparisons.start(requireMeasure(parts), body) };
  },
});
