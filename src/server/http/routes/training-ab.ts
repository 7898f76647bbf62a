import { reportOf } from '../comparisons/comparison-runs.ts';
import { requireMeasure } from '../comparisons/require-measure.ts';
import { defineRoute } from '../route.ts';
import { comparisonReportShape, comparisonRequestShape } from '../schemas/comparisons.ts';

/** The same comparison as `rvbbit training ab`; it makes calls, and takes as long as they do. */
export const trainingAb = defineRoute({
  method: 'POST',
  path: '/api/training/ab',
  summary: 'Compare a cell with and without training, or with two strategies, over its marked rows',
  writes: true,
  body: comparisonRequestShape,
  answer: comparisonReportShape,
  async handle({ body, signal }, parts) {
    const { cascade_id: cascade, cell_name: cell, sample, strategies } = body;
    return reportOf(await requireMeasure(parts)({ cascade, cell, sample, strategies }, signal));
  },
});
