import { readFilterOptions } from '../reads/filter-options.ts';
import { defineRoute } from '../route.ts';
import { filterOptionsShape } from '../schemas/examples.ts';

export const filterOptions = defineRoute({
  method: 'GET',
  path: '/api/training/filter-options',
  summary: 'Cells, models and tags that the log holds',
  answer: filterOptionsShape,
  async handle(_request, { training, operators }) {
    await training.log.flush();
    return readFilterOptions(training.store, operators());
  },
});
