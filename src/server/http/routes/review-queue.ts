import { currentCells } from '../reads/current-cells.ts';
import { conditionOf } from '../reads/example-conditions.ts';
import { countExamples, readExamples } from '../reads/examples.ts';
import { readReviewQueue } from '../reads/review-queue.ts';
import { defineRoute } from '../route.ts';
import { exampleFilterShape } from '../schemas/examples.ts';
import { wholeNumber } from '../schemas/fields.ts';
import { queueShape } from '../schemas/queue.ts';

export const reviewQueue = defineRoute({
  method: 'GET',
  path: '/api/training/queue',
  summary: 'Calls that nobody has marked, those first that teach most',
  query: exampleFilterShape.extend({ limit: wholeNumber(1, 500).default(50) }),
  answer: queueShape,
  async handle({ query }, { training, operators, embedder }) {
    const { limit, ...filter } = query;
    await training.log.flush();
    const current = currentCells(operators());
    const condition = conditionOf({ ...filter, marked: false, stale: false }, current);
    const [queue, { total }] = await Promise.all([
      readReviewQueue(training.store, embedder, condition, limit),
      countExamples(training.store, condition),
    ]);
    const reasons = new Map(queue.map(({ trace_id, reason }) => [trace_id, reason]));
    const examples = await readExamples(training.store, queue, current);
    return {
      examples: examples.map((row) => ({ ...row, reason: reasons.get(row.trace_id) ?? 'sample' })),
      total,
    };
  },
});
