import { z } from 'zod';
import { readAccuracy } from '../reads/accuracy.ts';
import { defineRoute } from '../route.ts';
import { wholeNumber } from '../schemas/fields.ts';
import { accuracyShape } from '../schemas/overview.ts';

export const accuracy = defineRoute({
  method: 'GET',
  path: '/api/training/accuracy',
  summary: 'How many of the judged calls were right, a day and cascade, with and without examples',
  query: z.strictObject({ days: wholeNumber(1, 3_650).default(90) }),
  answer: accuracyShape,
  async handle({ query }, { training }) {
    await training.log.flush();
    return { points: await readAccuracy(training.store, query.days) };
  },
});
