import { currentCells } from '../reads/current-cells.ts';
import { conditionOf } from '../reads/example-conditions.ts';
import { countExamples, findExamples, readExamples } from '../reads/examples.ts';
import { cursorAfter } from '../page-cursor.ts';
import { defineRoute } from '../route.ts';
import { examplePageQueryShape, examplePageShape } from '../schemas/examples.ts';

export const trainingExamples = defineRoute({
  method: 'GET',
  path: '/api/training/examples',
  summary: 'Calls that can teach, newest first, with what people said about them',
  query: examplePageQueryShape,
  answer: examplePageShape,
  async handle({ query }, { training, operators }) {
    const { limit, offset, cursor, text_limit, ...filter } = query;
    await training.log.flush();
    const current = currentCells(operators());
    const condition = conditionOf(filter, current);
    const [found, { total, newest }] = await Promise.all([
      findExamples(training.store, condition, { limit, offset, after: cursor }),
      countExamples(training.store, condition),
    ]);
    const examples = await readExamples(training.store, found, current, text_limit ?? null);
    const last = found.length < limit ? undefined : found.at(-1);
    const next_cursor = last === undefined ? null : cursorAfter(last);
    return { examples, total, limit, offset, as_of: filter.as_of ?? newest, next_cursor };
  },
});
