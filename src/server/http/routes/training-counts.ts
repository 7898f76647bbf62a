import { currentCells } from '../reads/current-cells.ts';
import { conditionOf } from '../reads/example-conditions.ts';
import { readExampleCounts } from '../reads/example-counts.ts';
import { defineRoute } from '../route.ts';
import { exampleCountsShape, exampleFilterShape } from '../schemas/examples.ts';

export const trainingCounts = defineRoute({
  method: 'GET',
  path: '/api/training/counts',
  summary: 'How many examples a filter leaves, by mark and by output',
  query: exampleFilterShape,
  answer: exampleCountsShape,
  async handle({ query }, { training, operators }) {
    await training.log.flush();
    return readExampleCounts(training.store, conditionOf(query, currentCells(operators())));
  },
});
