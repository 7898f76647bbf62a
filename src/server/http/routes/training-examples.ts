import { currentCells } from '../reads/current-cells.ts';
import { conditionOf } from '../reads/example-conditions.ts';
import { countExamples, findExamples, readExamples } from '../reads/examples.ts';
import { defineRoute } from '../route.ts';
import { examplePageQueryShape, examplePageShape } from '../schemas/examples.ts';

export const trainingExamples = defineRoute({
  method: 'GET',
  path: '/api/training/examples',
  summary: 'Calls that can teach, newest first, with what people said about them',
  query: examplePageQueryShape,
  answer: examplePageShape,
  async handle({ query }, { training, operators }) {
    const { limit, offset, text_limit, ...filter } = query;
    await training.log.flush();
    const current = currentCells(operators());
    const condition = conditionOf(filter, current);
    const [found, { total, newest }] = await Promise.all([
      findExamples(training.store, condition, { limit, offset }),
      countExamples(training.store, condition),
    ]);
    const examples = await readExamples(training.store, found, current, text_limit ?? null);
    return { examples, total, limit, offset, as_of: filter.as_of ?? newest };
  },
});
